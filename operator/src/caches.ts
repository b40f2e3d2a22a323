/** What of the cluster is kept in memory: all TelegramGroups, and what was made for them. */
import type { Clock, TelegramGroup } from '@chatwarden/contracts';
import {
  createInformer,
  RESOURCES,
  type Informer,
  type KubeClient,
  type KubeLog,
  type KubeObject,
} from '@chatwarden/kube';
import type { Registry } from 'prom-client';
import { LABELS, MANAGER } from './desired/names.ts';
import { KINDS, type Caches, type Kind } from './telegramgroup/group-objects.ts';

export interface CachesOptions {
  client: KubeClient;
  namespaces: readonly string[] | undefined;
  clock: Clock;
  log: KubeLog;
  registry: Registry;
}

export interface OpenCaches {
  groups: Informer<TelegramGroup & KubeObject>;
  objects: Caches & { readonly [K in Kind]: Informer<KubeObject> };
  all: readonly Pick<Informer<KubeObject>, 'run' | 'hasSynced' | 'synced'>[];
}

/** Kinds that a cluster may lack, get and lose while the operator runs. */
const OPTIONAL_KINDS: readonly Kind[] = ['ScaledObject', 'PodMonitor', 'PrometheusRule'];

export function openCaches(options: CachesOptions): OpenCaches {
  const groups = createInformer<TelegramGroup & KubeObject>({ ...options, resource: RESOURCES.telegramgroups });
  const labelSelector = `${LABELS.managedBy}=${MANAGER}`;
  const open = (kind: Kind) =>
    createInformer({ ...options, resource: KINDS[kind], labelSelector, optional: OPTIONAL_KINDS.includes(kind) });
  const kinds = Object.keys(KINDS) as Kind[];
  const objects = Object.fromEntries(kinds.map((kind) => [kind, open(kind)])) as OpenCaches['objects'];
  return { groups, objects, all: [groups, ...Object.values(objects)] };
}
