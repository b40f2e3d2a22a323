/** Puts the indexing role together from its ports; opens nothing. */
import type { Clock } from '@chatwarden/contracts';
import type { Bus, Subscription } from '@chatwarden/bus';
import type { Metrics } from '@chatwarden/daemon';
import type { DocumentSink } from '@chatwarden/logstore';
import { createIndexMetrics } from '../metrics.ts';
import { createIndexChunks } from './index-chunks.ts';

export interface IndexPorts {
  bus: Pick<Bus, 'publish' | 'subscribe'>;
  sink: DocumentSink;
  clock: Clock;
  metrics: Metrics;
  /** Comes before the name of every index. */
  prefix?: string | undefined;
}

export const INDEX_GROUP = 'ingestd-index';
/** Chunks; 8 MB at most, so that a process that dies has little to do again. */
const BATCH_MAX = 16;

/** Resolves when the group was joined. Closing it finishes the batch in hand. */
export function startIndexing({ bus, sink, clock, metrics, prefix }: IndexPorts): Promise<Subscription> {
  const handle = createIndexChunks({ bus, sink, clock, metrics: createIndexMetrics(metrics.registry), prefix });
  return bus.subscribe({ topic: 'logs', group: INDEX_GROUP, batchMax: BATCH_MAX, handle });
}
