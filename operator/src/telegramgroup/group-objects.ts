/** The objects that are made for groups: brought into the cluster, found in the caches, taken away. */
import {
  RESOURCES,
  type Applier,
  type Forced,
  type Informer,
  type KubeClient,
  type KubeObject,
  type Resource,
} from '@chatwarden/kube';
import type { Manifest } from '../desired/manifest.ts';
import { LABELS } from '../desired/names.ts';

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

export type Caches = { readonly [K in Kind]: Pick<Informer<KubeObject>, 'get' | 'list' | 'isServed'> };

export interface GroupObjects {
  /** `unchanged` when the cluster has it as it should be, and nothing was sent. */
  apply(manifest: Manifest): Promise<'applied' | 'unchanged'>;
  /** Deletes what the cache knows; resolves to whether there was something. */
  remove(kind: Kind, at: { namespace: string; name: string }): Promise<boolean>;
  find<T extends KubeObject>(kind: Kind, at: { namespace: string; name: string }): T | undefined;
  list(kind: Kind, namespace: string): KubeObject[];
  /** Whether the cluster has the kind. */
  knows(kind: Kind): boolean;
}

export interface GroupObjectsDeps {
  client: Pick<KubeClient, 'delete'>;
  applier: Applier;
  /** Of a kind that the cluster does not have, there is nothing. */
  caches: Caches;
  onForced(object: KubeObject, forced: Forced): void;
  /** The next look at the group waits until the caches show what was written. */
  wrote(key: string, object: KubeObject): void;
  deleted(key: string, object: KubeObject): void;
}

export function createGroupObjects({
  client,
  applier,
  caches,
  onForced,
  wrote,
  deleted,
}: GroupObjectsDeps): GroupObjects {
  const find = <T extends KubeObject>(kind: Kind, { namespace, name }: { namespace: string; name: string }) =>
    caches[kind].get(namespace, name) as T | undefined;

  async function apply(manifest: Manifest): Promise<'applied' | 'unchanged'> {
    const kind = manifest.kind as Kind;
    const live = find(kind, manifest.metadata);
    const { result, object, forced } = await applier.applyOwned<KubeObject>(KINDS[kind], manifest, { live });
    if (forced) onForced(object, forced);
    if (result === 'applied') wrote(groupOf(object), object);
    return result;
  }

  async function remove(kind: Kind, at: { namespace: string; name: string }): Promise<boolean> {
    const live = find(kind, at);
    if (!live || live.metadata.deletionTimestamp !== undefined) return false;
    const { uid } = live.metadata;
    await client.delete(KINDS[kind], at, uid === undefined ? {} : { preconditions: { uid } });
    deleted(groupOf(live), live);
    return true;
  }

  return {
    apply,
    remove,
    find,
    list: (kind, namespace) => caches[kind].list(namespace),
    knows: (kind) => caches[kind].isServed(),
  };
}

/** The key of the TelegramGroup that it was made for. */
function groupOf({ metadata: { namespace, labels } }: KubeObject): string {
  return `${namespace}/${labels?.[LABELS.group]}`;
}
