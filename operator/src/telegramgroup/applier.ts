/**
 * Brings one object into the cluster. Nothing is sent when the cache has it as it should be: the digest tells that no
 * field was taken out of the manifest since, the comparison that nobody has changed one.
 */
import type { Informer, KubeClient, KubeObject, Resource } from '@chatwarden/kube';
import { applyOwned, RESOURCES } from '@chatwarden/kube';
import { digest } from '../desired/digest.ts';
import type { Manifest } from '../desired/manifest.ts';
import { MANAGER } from '../desired/names.ts';
import { matches } from './matches.ts';

/** Of what was applied, on the object itself. */
export const APPLIED = 'chatwarden.io/applied';

/** Kinds of objects that are made for groups. */
export const KINDS = {
  ServiceAccount: RESOURCES.serviceaccounts,
  ConfigMap: RESOURCES.configmaps,
  NetworkPolicy: RESOURCES.networkpolicies,
  PodDisruptionBudget: RESOURCES.poddisruptionbudgets,
  Deployment: RESOURCES.deployments,
  ScaledObject: RESOURCES.scaledobjects,
  HorizontalPodAutoscaler: RESOURCES.horizontalpodautoscalers,
  PodMonitor: RESOURCES.podmonitors,
  PrometheusRule: RESOURCES.prometheusrules,
} as const satisfies Record<string, Resource>;
export type Kind = keyof typeof KINDS;

export type Caches = { readonly [K in Kind]?: Pick<Informer<KubeObject>, 'get' | 'list'> };

export interface Applier {
  /** `unchanged` when nothing had to be sent. */
  apply(manifest: Manifest): Promise<'applied' | 'unchanged'>;
  /** Deletes what the cache knows; resolves to whether there was something. */
  remove(kind: Kind, at: { namespace: string; name: string }): Promise<boolean>;
  find<T extends KubeObject>(kind: Kind, at: { namespace: string; name: string }): T | undefined;
  list(kind: Kind, namespace: string): KubeObject[];
  /** Whether the cluster had the kind when the operator began. */
  knows(kind: Kind): boolean;
}

export interface ApplierDeps {
  client: KubeClient;
  /** Kinds that the cluster does not have are left out. */
  caches: Caches;
  onConflict(object: KubeObject, conflicts: readonly { manager: string; fields: readonly string[] }[]): void;
}

export function createApplier({ client, caches, onConflict }: ApplierDeps): Applier {
  const find = <T extends KubeObject>(kind: Kind, { namespace, name }: { namespace: string; name: string }) =>
    caches[kind]?.get(namespace, name) as T | undefined;

  async function apply(manifest: Manifest): Promise<'applied' | 'unchanged'> {
    const kind = manifest.kind as Kind;
    const wanted = withDigest(manifest);
    if (matches(find(kind, manifest.metadata), wanted)) return 'unchanged';
    const { object, conflicts } = await applyOwned(client, KINDS[kind], wanted as unknown as KubeObject, {
      fieldManager: MANAGER,
    });
    if (conflicts.length > 0) onConflict(object, conflicts);
    return 'applied';
  }

  async function remove(kind: Kind, at: { namespace: string; name: string }): Promise<boolean> {
    const live = find(kind, at);
    if (!live || live.metadata.deletionTimestamp !== undefined) return false;
    const { uid } = live.metadata;
    await client.delete(KINDS[kind], at, uid === undefined ? {} : { preconditions: { uid } });
    return true;
  }

  return {
    apply,
    remove,
    find,
    list: (kind, namespace) => caches[kind]?.list(namespace) ?? [],
    knows: (kind) => caches[kind] !== undefined,
  };
}

function withDigest(manifest: Manifest): Manifest {
  const { metadata } = manifest;
  const annotations = { ...metadata.annotations, [APPLIED]: digest(manifest) };
  return { ...manifest, metadata: { ...metadata, annotations } };
}
