/** What an owner once wanted and wants no more. Only what bears its uid as owner, and its labels, is ever touched. */
import type { KubeClient } from '../client.ts';
import { keyOf, type At, type KubeObject } from '../objects.ts';
import type { Resource } from '../resources.ts';

export interface PruneOptions {
  client: Pick<KubeClient, 'list' | 'delete'>;
  /** A kind with namespaces: an owner and what it owns stand in the same one. */
  resource: Resource;
  namespace: string;
  /** Of the owner, as `ownerReferences` have it. */
  ownerUid: string;
  /** All of these; at least one. */
  labels: Readonly<Record<string, string>>;
  /** Of this kind, what is still wanted. */
  desired: readonly At[];
  /** From a cache; the server is asked when absent. */
  live?: readonly KubeObject[];
  signal?: AbortSignal;
}

/** Resolves to what was deleted. Dependents of those are collected by Kubernetes. */
export async function prune(options: PruneOptions): Promise<KubeObject[]> {
  const { client, resource, namespace, labels, signal } = options;
  const labelSelector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  if (labelSelector.length === 0) throw new RangeError('pruning without a label would look at every object');
  const live = options.live ?? (await listed({ ...options, labelSelector: labelSelector.join(',') }));
  const unwanted = orphans(options, live);
  for (const { metadata } of unwanted) {
    const { name, uid } = metadata;
    await client.delete(
      resource,
      { name, namespace },
      {
        preconditions: uid === undefined ? {} : { uid },
        ...(signal ? { signal } : {}),
      },
    );
  }
  return unwanted;
}

async function listed(options: PruneOptions & { labelSelector: string }): Promise<KubeObject[]> {
  const { client, resource, namespace, labelSelector, signal } = options;
  return (await client.list(resource, { namespace, labelSelector, ...(signal ? { signal } : {}) })).items;
}

function orphans({ ownerUid, labels, namespace, desired }: PruneOptions, live: readonly KubeObject[]): KubeObject[] {
  const wanted = new Set(desired.map(({ name }) => keyOf({ name, namespace })));
  return live.filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      metadata.deletionTimestamp === undefined &&
      metadata.ownerReferences?.some(({ uid }) => uid === ownerUid) === true &&
      Object.entries(labels).every(([name, value]) => metadata.labels?.[name] === value) &&
      !wanted.has(keyOf(metadata)),
  );
}
