/** Puts alertd's roles together from their ports; opens nothing itself. */
import type { Clock, DetectorVersion, KeyProvider } from '@chatwarden/contracts';
import type { Bus, Subscription } from '@chatwarden/bus';
import type { Logger, Metrics } from '@chatwarden/daemon';
import type { Model } from '@chatwarden/detector';
import type { LogStore } from '@chatwarden/logstore';
import { createSettingsCache, type Store } from '@chatwarden/store';
import { allowedMax, llmSettings, type AlertdConfig } from './config.ts';
import { createHandleEvents } from './detect/handle-events.ts';
import { createJournalActions, createJournalVerdicts } from './journal/journal.ts';
import { keepRetention } from './journal/retention.ts';
import type { Source } from './journal/to-log-event.ts';
import { startLlm } from './llm/run-llm.ts';
import { createAlertdMetrics } from './metrics.ts';

export interface AlertdPorts {
  bus: Bus;
  store: Store;
  logStore: LogStore;
  keys: KeyProvider;
  model: Model;
  detector: DetectorVersion;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  source: Source;
  /** Full days of journal, evidence and details that are kept. */
  keepDays: number;
}

export interface Alertd {
  /** Subscribes the roles; `stop` finishes the batches in hand. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** As many as one getUpdates brings, twice. */
const BATCH_MAX = 200;

export function wire(ports: AlertdPorts, config: AlertdConfig): Alertd {
  const subscriptions: Subscription[] = [];
  const stopping = new AbortController();
  const llm = llmSettings(config);
  let retention: Promise<void> = Promise.resolve();
  let stopLlm = () => Promise.resolve();

  async function start(): Promise<void> {
    const { bus, store, keys, model, detector, clock, logStore, source } = ports;
    const metrics = createAlertdMetrics(ports.metrics.registry);
    const { contexts, evidence } = store;
    const settings = createSettingsCache(store.settings);
    const journal = { logStore, source, allowedMax: allowedMax(config), metrics };
    const detect = createHandleEvents({ bus, contexts, evidence, settings, keys, model, detector, clock, metrics });
    const group = 'alertd-journal';
    subscriptions.push(
      await bus.subscribe({ topic: 'actions', group, batchMax: BATCH_MAX, handle: createJournalActions(journal) }),
      await bus.subscribe({ topic: 'verdicts', group, batchMax: BATCH_MAX, handle: createJournalVerdicts(journal) }),
      await bus.subscribe({ topic: 'events', group: 'alertd-detect', batchMax: BATCH_MAX, handle: detect }),
    );
    if (llm) {
      const { llmAsks } = store;
      const { registry } = ports.metrics;
      stopLlm = await startLlm({ bus, llmAsks, evidence, settings, keys, clock, log: ports.log, registry }, llm);
    }
    retention = keepRetention(
      { logStore, store, clock, log: ports.log, days: ports.keepDays, historyDays: config.HISTORY_DAYS },
      stopping.signal,
    );
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await stopLlm();
    await retention;
    for (const subscription of subscriptions.reverse()) await subscription.close();
  }

  return { start, stop };
}
