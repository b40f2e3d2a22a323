/**
 * Our own bulk engine. Calls of many coalesce into one request, bounded by bytes, documents and time; each document gets
 * its own outcome. Nothing that may pass is given up: a document that OpenSearch puts off waits alone with a growing
 * pause, while the others go on; when OpenSearch itself is away or refuses everybody, sending stops, and one request at
 * a time asks whether it is back. Only OpenSearch's own word about a document refuses it.
 */
import type { Clock, Millis } from '@chatwarden/contracts';
import type { DocumentSink } from '../../documents.ts';
import type { Connection } from '../connection.ts';
import { createAlarm } from './alarm.ts';
import { openCall, toEntries, type Entry } from './call.ts';
import { createCarrier, type Totals } from './carrier.ts';
import { createOutage } from './outage.ts';
import { createRequestLimit } from './request-limit.ts';
import type { StoreLog } from './sparse-log.ts';
import { createWaiting } from './waiting.ts';

export interface BulkEngineOptions {
  /** Its sockets bound the requests at the same time, too. */
  connection: Pick<Connection, 'request'>;
  clock: Clock;
  log: StoreLog;
  /** Of one request. OpenSearch's own guide starts at 5 to 15 MiB. */
  bytesMax?: number;
  documentsMax?: number;
  /** How long a document may wait for others to travel with. */
  lingerMs?: number;
  requestsMax?: number;
  timeoutMs?: number;
  /** From 0 to 1; for the pauses. */
  random?: () => number;
}

export interface BulkStats extends Totals {
  /** Requests, now. */
  underWay: number;
  requestLimit: number;
  waitingDocuments: number;
  waitingBytes: number;
  /** OpenSearch answers nobody: absent, overloaded, or it refuses us. */
  away: boolean;
}

export interface BulkEngine extends DocumentSink {
  stats(): BulkStats;
  /** Calls that are open reject with Failure (later); what was sent may have been written. */
  close(): void;
}

const DEFAULTS = { bytesMax: 5 * 1024 * 1024, documentsMax: 10_000, lingerMs: 20, requestsMax: 8, timeoutMs: 60_000 };

export function createBulkEngine(options: BulkEngineOptions): BulkEngine {
  const { clock, log, connection, random = Math.random } = options;
  const { documentsMax, lingerMs, requestsMax, timeoutMs, bytesMax } = { ...DEFAULTS, ...options };
  const closed = new AbortController();
  const waiting = createWaiting();
  const limit = createRequestLimit(requestsMax);
  const outage = createOutage({ clock, log, random });
  const alarm = createAlarm(clock, send);
  const bounds = { bytes: bytesMax, documents: documentsMax };
  const ports = { connection, clock, log, random };
  const carrier = createCarrier({ ...ports, waiting, limit, outage, bounds, timeoutMs, closed: closed.signal });
  let underWay = 0;

  const writeDocuments: DocumentSink['writeDocuments'] = async (documents, signal) => {
    if (documents.length === 0) return [];
    const call = openCall({
      documents: documents.length,
      signal: AbortSignal.any([signal, closed.signal]),
      onGivenUp: waiting.drop,
    });
    waiting.add(toEntries(documents, call), clock.now());
    send();
    return call.finished;
  };

  function send(): void {
    for (let next = nextTime(); next !== undefined; next = nextTime()) {
      if (next > clock.now()) return alarm.setTo(next);
      void carry(waiting.take(bounds));
    }
  }

  /** When the next request may begin; undefined while nothing waits or every place is taken. */
  function nextTime(): Millis | undefined {
    if (closed.signal.aborted || underWay >= (outage.isOn() ? 1 : limit.current())) return undefined;
    const now = clock.now();
    waiting.wake(now);
    const full = waiting.bytes() >= bounds.bytes || waiting.documents() >= bounds.documents;
    const due = full ? now : (waiting.oldest() ?? Infinity) + lingerMs;
    const next = Math.min(due, waiting.nextWake() ?? Infinity);
    return next === Infinity ? undefined : Math.max(next, outage.until());
  }

  async function carry(batch: readonly Entry[]): Promise<void> {
    const ticket = limit.ticket(underWay++);
    await carrier.carry(batch, ticket);
    underWay--;
    send();
  }

  function stats(): BulkStats {
    const waits = { waitingDocuments: waiting.documents(), waitingBytes: waiting.bytes() };
    return { ...carrier.totals, ...waits, underWay, requestLimit: limit.current(), away: outage.isOn() };
  }

  function close(): void {
    closed.abort();
    alarm.clear();
  }

  return { writeDocuments, stats, close };
}
