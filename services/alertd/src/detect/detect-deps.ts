import type { Clock, DetectorVersion, KeyProvider } from '@chatwarden/contracts';
import type { Bus } from '@chatwarden/bus';
import type { Tracer } from '@chatwarden/daemon';
import type { Model } from '@chatwarden/detector';
import type { Contexts, EvidenceTable, SettingsCache } from '@chatwarden/store';
import type { AlertdMetrics } from '../metrics.ts';

export interface DetectDeps {
  bus: Bus;
  contexts: Contexts;
  evidence: EvidenceTable;
  settings: SettingsCache;
  keys: KeyProvider;
  model: Model;
  detector: DetectorVersion;
  clock: Clock;
  metrics: AlertdMetrics;
  tracer: Tracer;
}
