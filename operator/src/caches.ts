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
  objects: Caches & { readonly [K in Kind]?: Informer<KubeObject> };
  all: readonly Pick<Informer<KubeObject>, 'run' | 'hasSynced' | 'synced'>[];
}

/** Kinds that a cluster may lack; what is installed later is seen after a restart. */
const OPTIONAL_KINDS: readonly Kind[] = ['ScaledObject', 'PodMonitor', 'PrometheusRule'];

export async function openCaches({ client, namespaces, ...rest }: CachesOptions): Promise<OpenCaches> {
  const groups = createInformer<TelegramGroup & KubeObject>({
    client,
    resource: RESOURCES.telegramgroups,
    namespaces,
    ...rest,
  });
  const known = await Promise.all(
    (Object.keys(KINDS) as Kind[]).map(async (kind) => ({
      kind,
      serves: !OPTIONAL_KINDS.includes(kind) || (await client.serves(KINDS[kind])),
    })),
  );
  const objects = Object.fromEntries(
    known
      .filter(({ serves }) => serves)
      .map(({ kind }) => {
        const labelSelector = `${LABELS.managedBy}=${MANAGER}`;
        return [kind, createInformer({ client, resource: KINDS[kind], namespaces, labelSelector, ...rest })];
      }),
  );
  return { groups, objects, all: [groups, ...Object.values(objects)] };
}
