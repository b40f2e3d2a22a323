/** Writes a status only when it says something new: a controller that writes what it has read triggers itself. */
import { keyOf, sameStatus, type KubeClient, type KubeObject, type Resource } from '@chatwarden/kube';

export interface StatusWriterOptions {
  client: Pick<KubeClient, 'applyStatus'>;
  resource: Resource;
  fieldManager: string;
}

export type WithStatus<S extends object> = KubeObject & { status?: S };

export interface StatusWriter<S extends object> {
  /** `live` is the object that was read, from a cache or the server. To what the server has now. */
  write(live: WithStatus<S>, status: S, signal?: AbortSignal): Promise<Written<S>>;
}

export interface Written<S extends object> {
  result: 'written' | 'unchanged';
  object: WithStatus<S>;
}

export function createStatusWriter<S extends object>(options: StatusWriterOptions): StatusWriter<S> {
  const { client, resource, fieldManager } = options;
  return {
    async write(live, status, signal) {
      if (sameStatus(live.status, status)) return { result: 'unchanged', object: live };
      const { name, namespace, uid } = live.metadata;
      if (uid === undefined) throw new Error(`${keyOf(live.metadata)} was not read from a server: it has no uid`);
      // The uid makes sure that a status never lands on an object that was deleted and made anew under the same name.
      const metadata = namespace === undefined ? { name, uid } : { name, namespace, uid };
      const sent: WithStatus<S> = { apiVersion: resource.apiVersion, kind: resource.kind, metadata, status };
      const applied = { fieldManager, force: true, ...(signal ? { signal } : {}) };
      return { result: 'written', object: await client.applyStatus(resource, sent, applied) };
    },
  };
}
