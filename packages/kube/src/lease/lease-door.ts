/** The requests that a lease needs. They do not wait for QPS: a busy controller must not lose its lease by that. */
import type { KubeClient } from '../client.ts';
import { isKubeError } from '../kube-error.ts';
import { collectionPath, objectPath, RESOURCES } from '../resources.ts';
import { newLease, type LeaseObject } from './lease-object.ts';

export interface LeaseDoor {
  /** One without resourceVersion when there is none yet. */
  read(name: string, signal: AbortSignal): Promise<LeaseObject>;
  /** Undefined when somebody else wrote first. */
  write(lease: LeaseObject, signal: AbortSignal): Promise<LeaseObject | undefined>;
}

export interface LeaseDoorOptions {
  client: Pick<KubeClient, 'request'>;
  namespace: string;
  timeoutMs: number;
}

export function createLeaseDoor({ client, namespace, timeoutMs }: LeaseDoorOptions): LeaseDoor {
  const resource = RESOURCES.leases;

  async function read(name: string, signal: AbortSignal): Promise<LeaseObject> {
    const path = objectPath(resource, { namespace, name });
    try {
      return await client.request<LeaseObject>({ method: 'GET', path, timeoutMs, urgent: true, signal });
    } catch (error) {
      if (isKubeError(error) && error.status === 404) return newLease(namespace, name);
      throw error;
    }
  }

  async function write(lease: LeaseObject, signal: AbortSignal): Promise<LeaseObject | undefined> {
    const isNew = lease.metadata.resourceVersion === undefined;
    const path = isNew ? collectionPath(resource, namespace) : objectPath(resource, lease.metadata);
    const method = isNew ? 'POST' : 'PUT';
    try {
      return await client.request<LeaseObject>({ method, path, body: lease, timeoutMs, urgent: true, signal });
    } catch (error) {
      // Conflict, AlreadyExists; NotFound when it was deleted under us.
      if (isKubeError(error) && (error.status === 409 || error.status === 404)) return undefined;
      throw error;
    }
  }

  return { read, write };
}
