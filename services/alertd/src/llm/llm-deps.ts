import type { Clock, KeyProvider } from '@chatwarden/contracts';
import type { Bus } from '@chatwarden/bus';
import type { Logger, Tracer } from '@chatwarden/daemon';
import type { EvidenceTable, LlmAsks, SettingsCache } from '@chatwarden/store';
import type { AskEndpoint } from './ask-endpoint.ts';
import type { Breaker } from './circuit-breaker.ts';
import type { LlmMetrics } from './llm-metrics.ts';
import type { Nonces } from './prompt.ts';

export interface LlmDeps {
  llmAsks: LlmAsks;
  evidence: EvidenceTable;
  bus: Bus;
  settings: SettingsCache;
  keys: KeyProvider;
  clock: Clock;
  log: Logger;
  /** Nothing is traced when absent. */
  tracer?: Tracer;
  metrics: LlmMetrics;
  askEndpoint: AskEndpoint;
  breaker: Breaker;
  /** Named in the answers' cache: another model is asked anew. */
  model: string;
  /** Calls of a group on one day (UTC). */
  dailyMax: number;
  nonces: () => Nonces;
}
