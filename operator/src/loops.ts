/** What the leading operator looks at now and then, besides what the cluster tells it. */
import type { Clock, GroupId, TelegramGroup } from '@chatwarden/contracts';
import { runLoop, type Logger, type LoopFailure } from '@chatwarden/daemon';
import type { SettingsCache, Store } from '@chatwarden/store';
import type { OperatorMetrics } from './metrics.ts';
import type { RunningTopicWatch } from './telegramgroup/topic-watch.ts';

export interface LoopsDeps {
  store: Pick<Store, 'hourCounts'>;
  settings: SettingsCache;
  watch: RunningTopicWatch;
  rates: Map<GroupId, number>;
  /** From which rate on something else is said of a group. */
  highRate: number;
  wakeGroup(groupId: GroupId): void;
  groups(): readonly TelegramGroup[];
  sweepTopics(): Promise<{ gone: number; unread: number }>;
  /** Resolves to how many groups were given back. */
  sweepOrphans(): Promise<number>;
  metrics: OperatorMetrics;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

const SETTINGS_EVERY_MS = 1000;
const TOPICS_EVERY_MS = 15_000;
const RATES_EVERY_MS = 300_000;
/** Messages may wait for it. */
const SWEEP_EVERY_MS = 15_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Loops {
  /** Resolves when routes and gates are known, or the signal aborts: deciding without them would open what is open. */
  begin(signal: AbortSignal): Promise<void>;
  /** Resolves when the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export function createLoops(deps: LoopsDeps): Loops {
  const { store, settings, watch, rates, metrics, clock, log } = deps;

  async function readSettings(): Promise<number> {
    await settings.refresh();
    return SETTINGS_EVERY_MS;
  }

  async function lookAtTopics(): Promise<number> {
    await watch.lookAtAll(deps.groups().flatMap(dedicatedOf));
    metrics.lag.reset();
    metrics.groups.reset();
    for (const { metadata, status, spec } of deps.groups()) {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
      metrics.groups.inc({ isolation: spec.isolation, ready });
      const facts = status?.groupId === undefined ? undefined : watch.factsOf(status.groupId);
      if (facts) metrics.lag.set({ namespace: metadata.namespace, name: metadata.name }, facts.lag);
    }
    return TOPICS_EVERY_MS;
  }

  const isHigh = ([, rate]: [GroupId, number]) => rate >= deps.highRate;

  async function readRates(): Promise<number> {
    // Only closed hours are counted, so the last day ends with the last full hour.
    const thisHour = Math.floor(clock.now() / HOUR_MS) * HOUR_MS;
    const found = await store.hourCounts.ratesOf(thisHour - DAY_MS);
    const before = new Set([...rates].filter(isHigh).map(([groupId]) => groupId));
    rates.clear();
    for (const { groupId, eventsPerSecond } of found) rates.set(groupId, eventsPerSecond);
    const after = new Set([...rates].filter(isHigh).map(([groupId]) => groupId));
    for (const groupId of new Set([...before, ...after])) {
      if (before.has(groupId) !== after.has(groupId)) deps.wakeGroup(groupId);
    }
    return RATES_EVERY_MS;
  }

  function onError({ name, error, failures, waitMs }: LoopFailure): void {
    if (name === 'topics') metrics.topicFailures.inc();
    if (Number.isInteger(Math.log2(failures)))
      log.warn({ err: error, waitMs }, `${name} could not be read, trying again`);
  }

  async function begin(signal: AbortSignal): Promise<void> {
    const known = new AbortController();
    const step = async () => {
      await readSettings();
      known.abort();
      return 0;
    };
    await runLoop({ name: 'settings', clock, signal: AbortSignal.any([signal, known.signal]), step, onError });
  }

  async function run(signal: AbortSignal): Promise<void> {
    const loop = (name: string, step: () => Promise<number>) => runLoop({ name, clock, signal, step, onError });
    await Promise.all([
      loop('settings', readSettings),
      loop('topics', lookAtTopics),
      loop('rates', readRates),
      loop('what is left of groups', () => sweep(deps)),
    ]);
  }

  return { begin, run };
}

/** Groups first: that needs no Kafka, and leaves topics to look at. */
async function sweep({ sweepOrphans, sweepTopics, metrics }: LoopsDeps): Promise<number> {
  metrics.orphans.inc(await sweepOrphans());
  const { gone, unread } = await sweepTopics();
  metrics.topicsDeleted.inc(gone);
  metrics.unreadTopics.set(unread);
  return SWEEP_EVERY_MS;
}

/** Also one that is on its way back and still has detectors. */
function dedicatedOf({ status, spec }: TelegramGroup): GroupId[] {
  const isOne = spec.isolation === 'Dedicated' || (status?.replicas ?? 0) > 0;
  return status?.groupId !== undefined && isOne ? [status.groupId] : [];
}
