/** Takes one batch to OpenSearch and sees to it that each of its documents is settled, halved, put back or put off. */
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { Connection } from '../connection.ts';
import { backoffMs } from './backoff.ts';
import { bulkBody } from './bulk-body.ts';
import type { Entry } from './call.ts';
import type { Outage } from './outage.ts';
import { FILTER_PATH, readAnswer, type Again, type BulkAnswer, type ItemAnswer } from './read-answer.ts';
import type { RequestLimit, Ticket } from './request-limit.ts';
import { sparseLog, type StoreLog } from './sparse-log.ts';
import type { Waiting } from './waiting.ts';

export interface CarrierOptions {
  connection: Pick<Connection, 'request'>;
  clock: Pick<Clock, 'now'>;
  log: StoreLog;
  waiting: Waiting;
  limit: RequestLimit;
  outage: Outage;
  /** Of one body; lowered when OpenSearch says that it was too large. */
  bounds: { bytes: number };
  timeoutMs: number;
  random: () => number;
  closed: AbortSignal;
}

/** Since the start. */
export interface Totals {
  requests: number;
  created: number;
  duplicate: number;
  refused: number;
  /** Documents that had to be sent again. */
  repeated: number;
}

export interface Carrier {
  /** Never rejects. */
  carry(batch: readonly Entry[], ticket: Ticket): Promise<void>;
  readonly totals: Totals;
}

export function createCarrier(options: CarrierOptions): Carrier {
  const { clock, waiting, limit, outage, bounds } = options;
  const totals: Totals = { requests: 0, created: 0, duplicate: 0, refused: 0, repeated: 0 };
  const putOff = createPutOff(options);

  async function carry(batch: readonly Entry[], ticket: Ticket): Promise<void> {
    const bytes = batch.reduce((sum, entry) => sum + entry.bytes, 0);
    const began = clock.now();
    totals.requests++;
    const answer = await post(batch, bytes, options);
    if (answer.result === 'again') return putBack(batch, answer, ticket);
    outage.answered();
    if (answer.result === 'halve') return halve(batch, answer, { bytes, ticket });
    limit.answered(ticket, { ms: clock.now() - began, bytes });
    settleAll(batch, answer.items, ticket);
  }

  /** Nobody gets through: all wait, and these go first afterwards. */
  function putBack(batch: readonly Entry[], answer: Again, ticket: Ticket): void {
    limit.refused(ticket);
    totals.repeated += batch.length;
    waiting.putInFront(batch);
    if (!options.closed.aborted) outage.failed(answer, waiting.documents());
  }

  async function halve(
    batch: readonly Entry[],
    { reason, tooLarge }: { reason: string; tooLarge: boolean },
    { bytes, ticket }: { bytes: number; ticket: Ticket },
  ): Promise<void> {
    const [first, second] = batch;
    if (first && !second) return settle(first, { result: 'refused', reason });
    if (tooLarge) bounds.bytes = Math.min(bounds.bytes, Math.ceil(bytes / 2));
    const middle = Math.ceil(batch.length / 2);
    await carry(batch.slice(0, middle), ticket);
    await carry(batch.slice(middle), ticket);
  }

  function settleAll(batch: readonly Entry[], items: readonly ItemAnswer[], ticket: Ticket): void {
    const again: PutOff[] = [];
    for (const [i, entry] of batch.entries()) {
      const answer = items[i];
      if (answer?.result === 'again') again.push({ entry, answer });
      else if (answer) settle(entry, answer);
    }
    if (again.length === 0) return;
    totals.repeated += again.length;
    if (again.some(({ answer }) => answer.because === 'overload')) limit.refused(ticket);
    putOff(again);
  }

  function settle({ call, position, document }: Entry, answer: Exclude<ItemAnswer, Again>): void {
    totals[answer.result]++;
    call.settle(position, { id: document.id, ...answer });
  }

  return { carry, totals };
}

async function post(batch: readonly Entry[], bytes: number, options: CarrierOptions): Promise<BulkAnswer> {
  const { connection, timeoutMs, closed } = options;
  const documents = batch.map((entry) => entry.document);
  try {
    const answer = await connection.request({
      method: 'POST',
      path: `/_bulk?filter_path=${FILTER_PATH}`,
      body: bulkBody(documents, bytes),
      contentType: 'application/x-ndjson',
      timeoutMs,
      signal: closed,
    });
    return readAnswer(answer, documents.length);
  } catch (error) {
    return { result: 'again', because: 'away', reason: messageOf(error) };
  }
}

interface PutOff {
  entry: Entry;
  answer: Again;
}

/** Those that failed equally often wait equally long, so that they travel together again. */
function createPutOff({ clock, log, waiting, random }: CarrierOptions): (again: readonly PutOff[]) => void {
  const say = sparseLog(log, clock);
  return (again) => {
    const now = clock.now();
    for (const [failures, group] of Map.groupBy(again, ({ entry }) => ++entry.failures)) {
      waiting.putOff(
        group.map(({ entry }) => entry),
        now + backoffMs(failures, random),
      );
    }
    for (const [because, group] of Map.groupBy(again, ({ answer }) => answer.because)) {
      const [first] = group;
      const fields = { documents: group.length, reason: first?.answer.reason, index: first?.entry.document.index };
      if (because === 'operator') say('error', 'OpenSearch keeps documents out; they are kept and sent again', fields);
      else say('warn', 'OpenSearch puts documents off; they are sent again', fields);
    }
  };
}
