/** Puts the operator together from its ports; opens nothing itself. */
import {
  TELEGRAM_GROUP,
  type Clock,
  type GroupId,
  type TelegramGroup,
  type TelegramGroupStatus,
} from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import {
  atOf,
  createApplier,
  isKubeError,
  keyOf,
  RESOURCES,
  type Forced,
  type KubeClient,
  type KubeObject,
} from '@chatwarden/kube';
import { createSettingsCache, type Store } from '@chatwarden/store';
import type { Registry } from 'prom-client';
import type { OpenCaches } from './caches.ts';
import { installationOf, namespacesOf, type OperatorConfig } from './config.ts';
import { MANAGER } from './desired/names.ts';
import { createLoops } from './loops.ts';
import { createOperatorMetrics } from './metrics.ts';
import {
  createController,
  createOwnWrites,
  createStatusWriter,
  type Controller,
  type OwnWrites,
} from './runtime/index.ts';
import { createGroupObjects, type Kind } from './telegramgroup/group-objects.ts';
import { assembleSteps, type StepsDeps } from './telegramgroup/assemble-steps.ts';
import { createFinalize } from './telegramgroup/finalize.ts';
import { createGroupIndex } from './telegramgroup/group-index.ts';
import { hasPod } from './telegramgroup/pods.ts';
import type { TopicDoor } from './telegramgroup/ports.ts';
import { createPublishersBehind } from './telegramgroup/publishers-behind.ts';
import { createReconcile, type Reconcile } from './telegramgroup/reconcile.ts';
import { createRetire } from './telegramgroup/retire.ts';
import { createRollouts } from './telegramgroup/rollout/rollouts.ts';
import { sweepOrphans, type SweepOrphansDeps } from './telegramgroup/sweep-orphans.ts';
import { sweepTopics } from './telegramgroup/sweep-topics.ts';
import { eventsOf, type ToldEvent } from './telegramgroup/tell-changes.ts';
import { createTopicWatch } from './telegramgroup/topic-watch.ts';
import { watchOwned } from './telegramgroup/watch-owned.ts';

export interface OperatorPorts {
  client: KubeClient;
  caches: OpenCaches;
  store: Store;
  topics: TopicDoor;
  events: { record(regarding: KubeObject, event: ToldEvent): void };
  clock: Clock;
  log: Logger;
  registry: Registry;
  /** Where the bot's pods are. */
  botNamespace: string;
  /** What tells it from others that share the database; undefined where it does not say. */
  cluster: string | undefined;
}

export interface Operator {
  /** Works as the leader until the signal aborts. */
  lead(signal: AbortSignal): Promise<void>;
  controller: Controller;
}

const HOUR_MS = 3_600_000;

export function wire(ports: OperatorPorts, config: OperatorConfig): Operator {
  const { client, caches, store, topics, clock, log, registry } = ports;
  const index = createGroupIndex(config.DEDICATED_MAX);
  const settings = createSettingsCache(store.settings);
  const rates = new Map<GroupId, number>();
  const rollouts = createRollouts(config.MAX_CONCURRENT_GROUPS);
  const wake = (keys: readonly string[]) => keys.forEach((key) => controller.enqueue(key));
  const wakeGroup = (groupId: GroupId) => {
    const key = index.keyOfGroup(groupId);
    if (key !== undefined) wake([key]);
  };
  const wakeChat = (chatId: number) => wake(index.othersOf(chatId, ''));
  const isWanted = (groupId: GroupId) => isDedicated(caches, index.keyOfGroup(groupId));
  const watch = createTopicWatch({ topics, clock, onChange: wakeGroup });
  const applier = createApplier({ client, fieldManager: MANAGER, registry });
  const ownWrites = createOwnWrites({ cached: cachedIn(caches), clock });
  const onForced = tellForced(ports);
  const objects = createGroupObjects({ client, applier, caches: caches.objects, onForced, ...ownWrites });
  const isThere = (name: string) => hasPod(client, ports.botNamespace, name);
  const publishersBehind = createPublishersBehind({ store, isThere });
  const retire = createRetire({ objects, store, settings, topics, publishersBehind });
  const reconcile = assembleReconcile(
    { client, objects, store, settings, topics, watch, index, rollouts, retire, publishersBehind, wake },
    { ports, config, rates, ownWrites },
  );
  const controller = createController({
    name: 'telegramgroup',
    reconcile,
    concurrency: config.RECONCILERS,
    clock,
    log,
    registry,
    isFresh: ownWrites.isCaughtUp,
    resync: { keys: () => caches.groups.list().map(({ metadata }) => keyOf(metadata)) },
  });
  watchOwned({ caches, index, controller });
  const keepMs = config.RETIRED_TOPIC_HOURS * HOUR_MS;
  const loops = createLoops({
    clock,
    log,
    store,
    settings,
    watch,
    rates,
    highRate: config.RECOMMEND_DEDICATED_AT,
    wakeGroup,
    groups: () => caches.groups.list(),
    sweepTopics: () => sweepTopics({ ...ports, settings, publishersBehind, isWanted, keepMs }),
    sweepOrphans: () => sweepOrphans({ ...ports, settings, ...orphansOf(ports, config), wake: wakeChat }),
    metrics: createOperatorMetrics(registry),
  });

  async function lead(signal: AbortSignal): Promise<void> {
    await loops.begin(signal);
    // Whoever does not know yet what there is, or whether there is KEDA, would make it a second time.
    await Promise.all(caches.all.map((cache) => cache.synced(signal)));
    await Promise.all([loops.run(signal), controller.run(signal)]);
  }

  return { lead, controller };
}

type Assembled = Omit<StepsDeps, 'installation' | 'cluster' | 'claims' | 'ceiling' | 'recommendAt' | 'rateOf'>;

interface Around {
  ports: OperatorPorts;
  config: OperatorConfig;
  /** Messages a second of each group in its busiest hour of late. */
  rates: ReadonlyMap<GroupId, number>;
  ownWrites: OwnWrites;
}

function assembleReconcile(deps: Assembled, { ports, config, rates, ownWrites }: Around): Reconcile {
  const { client, store, retire, rollouts, wake } = deps;
  const { caches, events, clock, cluster } = ports;
  const steps = assembleSteps({
    ...deps,
    cluster,
    installation: installationOf(config),
    claims: config.CLAIMS === 'on',
    ceiling: config.DEDICATED_MAX,
    recommendAt: config.RECOMMEND_DEDICATED_AT,
    rateOf: (groupId) => rates.get(groupId),
  });
  const finalize = createFinalize({
    client,
    store,
    cluster,
    retire,
    timeoutMs: config.DELETE_TIMEOUT_SECONDS * 1000,
    tell: (work, event) => events.record(work.group, { ...event, action: 'Delete' }),
  });
  return createReconcile({
    steps,
    finalize,
    find: (key) => {
      const { namespace, name } = atOf(key);
      return caches.groups.get(namespace, name);
    },
    writeStatus: writeStatusBy(client, ownWrites),
    onStatus: (group, status) => eventsOf(group, status).forEach((event) => events.record(group, event)),
    onGone: (key) => wake(rollouts.done(key)),
    clock,
  });
}

function orphansOf(
  { caches, client }: OperatorPorts,
  config: OperatorConfig,
): Pick<SweepOrphansDeps, 'watches' | 'groups'> {
  const namespaces = namespacesOf(config);
  return {
    watches: (namespace) => namespaces?.includes(namespace) ?? true,
    groups: {
      hasSynced: caches.groups.hasSynced,
      get: caches.groups.get,
      ask: (namespace, name) => client.get<TelegramGroup & KubeObject>(RESOURCES.telegramgroups, { namespace, name }),
    },
  };
}

/** Also while its detectors are only being made, before its route says so. */
function isDedicated({ groups }: OpenCaches, key: string | undefined): boolean {
  if (key === undefined) return false;
  const { namespace, name } = atOf(key);
  return groups.get(namespace, name)?.spec.isolation === 'Dedicated';
}

/** Somebody else manages fields that are ours: both would go on for ever, so people are told. */
function tellForced({ caches, events, log }: OperatorPorts) {
  return ({ kind, metadata }: KubeObject, { fields, managers }: Forced): void => {
    const message = `${kind} ${metadata.name}: took ${fields.join(', ')} back from ${managers.join(', ')}`;
    log.warn({ object: metadata.name, fields, managers }, message);
    const isOwner = ({ metadata: { uid } }: TelegramGroup) =>
      metadata.ownerReferences?.some((owner) => owner.uid === uid);
    const owner = caches.groups.list(metadata.namespace).find(isOwner);
    if (owner) events.record(owner, { type: 'Warning', reason: 'TookFieldsBack', message, action: 'Apply' });
  };
}

function writeStatusBy(client: KubeClient, ownWrites: OwnWrites) {
  const writer = createStatusWriter<TelegramGroupStatus>({
    client,
    resource: RESOURCES.telegramgroups,
    fieldManager: `${MANAGER}-status`,
  });
  return async (group: TelegramGroup, status: TelegramGroupStatus): Promise<void> => {
    try {
      const { result, object } = await writer.write(group, status);
      if (result === 'written') ownWrites.wrote(keyOf(group.metadata), object);
    } catch (error) {
      // Gone, or made anew under its name, while we looked at it: nobody needs this status any more.
      if (!isKubeError(error, 'NotFound', 'Conflict')) throw error;
    }
  };
}

function cachedIn({ groups, objects }: OpenCaches) {
  return ({ kind, metadata: { namespace, name } }: KubeObject): KubeObject | undefined =>
    kind === TELEGRAM_GROUP.kind ? groups.get(namespace, name) : objects[kind as Kind].get(namespace, name);
}
