/** Counted once per request or batch, not per event. */
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Result } from './accept/answer.ts';

export interface DoorMetrics {
  countRequest(result: Result, bytes: number): void;
  observeAnswer(route: string, status: number, seconds: number): void;
}

export interface IndexMetrics {
  /** What became of documents that were to be indexed. */
  indexed: Counter<'result'>;
  seconds: Histogram;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

export function createDoorMetrics(registry: Registry): DoorMetrics {
  const registers = [registry];
  const events = new Counter({
    name: 'chatwarden_ingest_events_total',
    help: 'Events by what became of them at the door: accepted, or the code of the refusal',
    labelNames: ['result'],
    registers,
  });
  const bytes = new Counter({
    name: 'chatwarden_ingest_bytes_total',
    help: 'Bytes of requests, unpacked',
    registers,
  });
  const requests = new Histogram({
    name: 'chatwarden_ingest_request_seconds',
    help: 'Time to answer',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  });
  return {
    countRequest({ accepted, refused }, size) {
      events.inc({ result: 'accepted' }, accepted);
      for (const { code } of refused) events.inc({ result: code });
      bytes.inc(size);
    },
    observeAnswer: (route, status, seconds) => requests.observe({ route, status }, seconds),
  };
}

export function createIndexMetrics(registry: Registry): IndexMetrics {
  const registers = [registry];
  const indexed = new Counter({
    name: 'chatwarden_index_documents_total',
    help: 'Documents by what became of them: indexed, duplicate or dead',
    labelNames: ['result'],
    registers,
  });
  const seconds = new Histogram({
    name: 'chatwarden_index_batch_seconds',
    help: 'Time to index a batch of chunks',
    buckets: SECONDS,
    registers,
  });
  return { indexed, seconds };
}
