/** Puts the operator together from its ports; opens nothing itself. */
import type { Clock, GroupId, TelegramGroup } from '@chatwarden/contracts';
import { runLoop, type Logger, type LoopFailure } from '@chatwarden/daemon';
import type { EventRecorder, KubeClient, KubeObject } from '@chatwarden/kube';
import { createSettingsCache, type Store } from '@chatwarden/store';
import type { Registry } from 'prom-client';
import type { OpenCaches } from './caches.ts';
import { installationOf, type OperatorConfig } from './config.ts';
import { createOperatorMetrics } from './metrics.ts';
import { createController, type Controller } from './runtime/controller.ts';
import { createApplier } from './telegramgroup/applier.ts';
import { createFinalize } from './telegramgroup/finalize.ts';
import { createGroupIndex } from './telegramgroup/group-index.ts';
import { hasPod, whyNotReady } from './telegramgroup/pods.ts';
import type { TopicDoor } from './telegramgroup/ports.ts';
import { createPublishersBehind } from './telegramgroup/publishers-behind.ts';
import { createReconcile, type NamedStep } from './telegramgroup/reconcile.ts';
import { createRetire } from './telegramgroup/retire.ts';
import { createRollouts } from './telegramgroup/rollout/rollouts.ts';
import { createChoosePlace } from './telegramgroup/steps/choose-place.ts';
import { createEnsureTopic } from './telegramgroup/steps/ensure-topic.ts';
import { createFindGroup } from './telegramgroup/steps/find-group.ts';
import { createHoldFinalizer } from './telegramgroup/steps/hold-finalizer.ts';
import { createLockPolicy } from './telegramgroup/steps/lock-policy.ts';
import { createOpenRoute } from './telegramgroup/steps/open-route.ts';
import { createRetireDetectors } from './telegramgroup/steps/retire-detectors.ts';
import { createRunDetectors } from './telegramgroup/steps/run-detectors.ts';
import { createScaleDetectors } from './telegramgroup/steps/scale-detectors.ts';
import { skipPaused } from './telegramgroup/steps/skip-paused.ts';
import { sweepTopics } from './telegramgroup/sweep-topics.ts';
import { eventsOf } from './telegramgroup/tell-changes.ts';
import { createTopicWatch } from './telegramgroup/topic-watch.ts';
import { createStatusWriter } from './telegramgroup/write-status.ts';
import { watchOwned } from './telegramgroup/watch-owned.ts';

export interface OperatorPorts {
  client: KubeClient;
  caches: OpenCaches;
  store: Store;
  topics: TopicDoor;
  events: EventRecorder;
  clock: Clock;
  log: Logger;
  registry: Registry;
  /** Where the bot's pods are. */
  botNamespace: string;
}

export interface Operator {
  /** Works as the leader until the signal aborts. */
  lead(signal: AbortSignal): Promise<void>;
  controller: Controller;
}

const SETTINGS_EVERY_MS = 1000;
const TOPICS_EVERY_MS = 15_000;
const RATES_EVERY_MS = 300_000;
const SWEEP_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function wire(ports: OperatorPorts, config: OperatorConfig): Operator {
  const { client, caches, store, topics, clock, log, registry } = ports;
  const metrics = createOperatorMetrics(registry);
  const index = createGroupIndex(config.DEDICATED_MAX);
  const settings = createSettingsCache(store.settings);
  const rates = new Map<GroupId, number>();
  const wakeGroup = (groupId: GroupId) => {
    const key = index.keyOfGroup(groupId);
    if (key !== undefined) controller.enqueue(key);
  };
  const watch = createTopicWatch({ topics, clock, onChange: wakeGroup });
  const wake = (keys: readonly string[]) => keys.forEach((key) => controller.enqueue(key));
  const tell = (group: TelegramGroup, event: Parameters<EventRecorder['record']>[1]) =>
    ports.events.record(group as unknown as KubeObject, event);
  const applier = createApplier({
    client,
    caches: caches.objects,
    onConflict: (object, conflicts) => {
      const [first] = conflicts;
      const message = `${object.kind} ${object.metadata.name}: took ${first?.fields.join(', ')} back from ${first?.manager}`;
      const owner = caches.groups.list(object.metadata.namespace).find(isOwnerOf(object));
      log.warn({ object: object.metadata.name, conflicts }, message);
      if (owner) tell(owner, { type: 'Warning', reason: 'TookFieldsBack', message, action: 'Apply' });
    },
  });
  const installation = installationOf(config);
  const rollouts = createRollouts(config.MAX_CONCURRENT_GROUPS);
  const isThere = (name: string) => hasPod(client, ports.botNamespace, name);
  const publishersBehind = createPublishersBehind({ store, isThere });
  const retire = createRetire({ applier, store, settings, topics, publishersBehind });
  const steps: readonly NamedStep[] = [
    { name: 'skip-paused', run: skipPaused },
    {
      name: 'find-group',
      run: createFindGroup({ store, claims: config.CLAIMS === 'on', eldestOf: index.eldestOf }),
    },
    { name: 'hold-finalizer', run: createHoldFinalizer(client) },
    { name: 'lock-policy', run: createLockPolicy(store) },
    {
      name: 'choose-place',
      run: createChoosePlace({
        ceiling: config.DEDICATED_MAX,
        isWithinCeiling: index.isWithinCeiling,
        rateOf: (groupId) => rates.get(groupId),
        recommendAt: config.RECOMMEND_DEDICATED_AT,
      }),
    },
    { name: 'ensure-topic', run: createEnsureTopic({ topics, watch, store }) },
    {
      name: 'run-detectors',
      run: createRunDetectors({
        client,
        applier,
        installation,
        store,
        settings,
        topics,
        rollouts,
        wake,
        whyNotReady: (group) => whyNotReady(client, group),
      }),
    },
    { name: 'scale-detectors', run: createScaleDetectors({ applier, installation, topics, watch }) },
    { name: 'open-route', run: createOpenRoute({ store, settings, topics, publishersBehind }) },
    { name: 'retire-detectors', run: createRetireDetectors({ retire, applier }) },
  ];
  const reconcile = createReconcile({
    steps,
    finalize: createFinalize({
      client,
      store,
      retire,
      timeoutMs: config.DELETE_TIMEOUT_SECONDS * 1000,
      tell: (work, event) => tell(work.group, { ...event, action: 'Delete' }),
    }),
    find: (key) => {
      const [namespace, name] = key.split('/') as [string, string];
      return caches.groups.get(namespace, name);
    },
    writeStatus: createStatusWriter(client),
    onStatus: (group, status) => eventsOf(group, status).forEach((event) => tell(group, event)),
    onGone: (key) => wake([...rollouts.done(key), ...index.waitingForPlace()]),
    clock,
  });
  const controller = createController({ name: 'telegramgroup', reconcile, concurrency: config.RECONCILERS, clock, log, registry });
  watchOwned({ caches, index, controller });

  const dedicated = (): GroupId[] =>
    caches.groups.list().flatMap(({ status, spec }) => {
      const groupId = status?.groupId;
      const isOne = spec.isolation === 'Dedicated' || (status?.replicas ?? 0) > 0;
      return groupId !== undefined && isOne ? [groupId] : [];
    });

  async function lookAtTopics(): Promise<number> {
    await watch.lookAtAll(dedicated());
    metrics.lag.reset();
    metrics.groups.reset();
    for (const { metadata, status, spec } of caches.groups.list()) {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
      metrics.groups.inc({ isolation: spec.isolation, ready });
      const facts = status?.groupId === undefined ? undefined : watch.factsOf(status.groupId);
      if (facts) metrics.lag.set({ namespace: metadata.namespace, name: metadata.name }, facts.lag);
    }
    return TOPICS_EVERY_MS;
  }

  async function readRates(): Promise<number> {
    // Only closed hours are counted, so the last day is the day before this hour.
    const found = await store.hourCounts.ratesOf(Math.floor(clock.now() / HOUR_MS) * HOUR_MS - DAY_MS);
    rates.clear();
    for (const { groupId, eventsPerSecond } of found) rates.set(groupId, eventsPerSecond);
    return RATES_EVERY_MS;
  }

  async function sweep(): Promise<number> {
    const keepMs = config.RETIRED_TOPIC_HOURS * HOUR_MS;
    metrics.topicsDeleted.inc(await sweepTopics({ store, settings, topics, keepMs, clock, log }));
    return SWEEP_EVERY_MS;
  }

  async function lead(signal: AbortSignal): Promise<void> {
    // Routes and gates first: deciding without them would open what is open.
    await untilDone('settings', () => settings.refresh(), signal);
    const loop = (name: string, step: () => Promise<number>) =>
      runLoop({ name, clock, signal, step, onError: (failure) => warn(failure) });
    await Promise.all([
      loop('settings', async () => {
        await settings.refresh();
        return SETTINGS_EVERY_MS;
      }),
      loop('topics', lookAtTopics),
      loop('rates', readRates),
      loop('retired topics', sweep),
      controller.run(signal),
    ]);
  }

  async function untilDone(name: string, what: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const step = async () => {
      await what();
      done.abort();
      return 0;
    };
    await runLoop({ name, clock, signal: AbortSignal.any([signal, done.signal]), step, onError: (failure) => warn(failure) });
  }

  function warn({ name, error, failures, waitMs }: LoopFailure): void {
    if (name === 'topics') metrics.topicFailures.inc();
    if (Number.isInteger(Math.log2(failures))) log.warn({ err: error, waitMs }, `${name} could not be read, trying again`);
  }

  return { lead, controller };
}

function isOwnerOf({ metadata }: KubeObject) {
  return (group: TelegramGroup): boolean =>
    metadata.ownerReferences?.some(({ uid }) => uid === group.metadata.uid) === true;
}

