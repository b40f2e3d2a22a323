/** What alertd is made of, and what each role is given of it. */
import type { Bus, KafkaAdmin } from '@chatwarden/bus';
import type { Clock, Colour, DetectorVersion, KeyProvider } from '@chatwarden/contracts';
import type { Logger, Metrics, Tracer } from '@chatwarden/daemon';
import type { Model } from '@chatwarden/detector';
import type { LogStore, SpanStore } from '@chatwarden/logstore';
import type { Store } from '@chatwarden/store';
import type { AlertdConfig } from './config.ts';
import type { Source } from './journal/to-log-event.ts';
import type { AlertdMetrics } from './metrics.ts';

export interface AlertdPorts {
  bus: Bus;
  store: Store;
  logStore: LogStore;
  /** Where the journal writes to; the log store itself when absent. */
  door?: Pick<LogStore, 'write'>;
  /** Whose old days are dropped; absent where no spans are kept. */
  spanStore?: Pick<SpanStore, 'dropOldSpans'>;
  keys: KeyProvider;
  model: Model;
  detector: DetectorVersion;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Nothing is traced when absent. */
  tracer?: Tracer;
  source: Source;
  /** Where a role names a condition of being ready; a string that it resolves to is shown beside it. */
  readyWhen?: (name: string, check: () => unknown) => void;
  /** This process is one of two colours, which take turns at judging. */
  turns?: { colour: Colour; membersOf: KafkaAdmin['membersOf'] };
  /** Full days of journal, evidence and details that are kept. */
  keepDays: number;
}

export interface RoleDeps {
  ports: AlertdPorts;
  config: AlertdConfig;
  metrics: AlertdMetrics;
}
