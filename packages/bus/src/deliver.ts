/**
 * Gives one batch to its handler until every record is handled or a dead letter; what all adapters have in common.
 *   later: the same again with a growing wait, for as long as somebody wants the records; never counted.
 *   now:   the same again soon; after `attempts` of them record by record, and what fails alone is poison.
 *   never: record by record at once.
 * Retries that a batch has used up count for each of its records, so poison costs one try more and no second round.
 */
import {
  codeOf,
  Failure,
  idOf,
  messageOf,
  retryClassOf,
  type Clock,
  type DeadLetter,
  type DeadLetters,
  type RecordOf,
  type Topic,
} from '@chatwarden/contracts';
import type { Refused } from './bus.ts';

/** A record on its way; adapters add what they need to know about it. */
export interface Item {
  readonly record: RecordOf<Topic>;
  /** Where the record can be read again, in adapters that keep records. */
  readonly source?: DeadLetter['source'];
}

/** The part of a logger that is needed here. */
export interface BusLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DeliverOptions<I extends Item> {
  topic: Topic;
  group: string;
  handle(batch: readonly RecordOf<Topic>[]): Promise<readonly Refused[]>;
  deadLetters: DeadLetters;
  clock: Clock;
  log?: BusLog | undefined;
  /** Failures of class `now` until a batch is taken apart; at least 1. */
  attempts: number;
  /** Aborts when there must be no further try. A try that is under way ends as it ends. */
  stopRetrying: AbortSignal;
  /** Whether anybody still waits for this record; asked before each try. */
  isWanted(item: I): boolean;
  /** These were handled or are dead letters. */
  onDone(items: readonly I[]): void;
}

const NOW_FIRST_MS = 50;
const LATER_FIRST_MS = 200;
const LATER_MAX_MS = 5000;

type Outcome<I> =
  | { result: 'done' }
  | { result: 'stopped' }
  | { result: 'failed'; items: readonly I[]; error: unknown; failures: number };

/** Never rejects; resolves to what is still undone because it was told to stop. */
export async function deliver<I extends Item>(items: readonly I[], options: DeliverOptions<I>): Promise<readonly I[]> {
  const whole = await tryUntilSettled(items, 0, options);
  if (whole.result === 'done') return [];
  if (whole.result === 'stopped') return items;
  const [first, second] = whole.items;
  if (first && !second) return (await kill(first, whole.error, options)) ? [] : [first];
  return deliverOneByOne(whole.items, whole.failures, options);
}

async function deliverOneByOne<I extends Item>(
  items: readonly I[],
  failures: number,
  options: DeliverOptions<I>,
): Promise<readonly I[]> {
  for (const [index, item] of items.entries()) {
    const outcome = await tryUntilSettled([item], failures, options);
    const settled = outcome.result === 'failed' ? await kill(item, outcome.error, options) : outcome.result === 'done';
    if (!settled) return items.slice(index);
  }
  return [];
}

/** `before`: how many failures of class `now` these records have behind them. */
async function tryUntilSettled<I extends Item>(
  items: readonly I[],
  before: number,
  options: DeliverOptions<I>,
): Promise<Outcome<I>> {
  let nowFailures = before;
  for (let laterFailures = 0; ;) {
    const wanted = items.filter(options.isWanted);
    if (wanted.length === 0) return { result: 'done' };
    try {
      const refused = await options.handle(wanted.map((item) => item.record));
      if (refused.length > 0 && !(await bury(refused, wanted, options))) return { result: 'stopped' };
      options.onDone(wanted);
      return { result: 'done' };
    } catch (error) {
      const retry = retryClassOf(error);
      if (retry === 'now') nowFailures += 1;
      if (retry === 'later') laterFailures += 1;
      if (retry === 'never' || (retry === 'now' && nowFailures >= options.attempts)) {
        return { result: 'failed', items: wanted, error, failures: nowFailures };
      }
      const failures = retry === 'now' ? nowFailures : laterFailures;
      const waitMs = retry === 'now' ? NOW_FIRST_MS * 2 ** (failures - 1) : laterWaitMs(failures);
      await pause(error, { failures, waitMs, size: wanted.length }, options);
      if (options.stopRetrying.aborted) return { result: 'stopped' };
    }
  }
}

async function kill<I extends Item>(item: I, error: unknown, options: DeliverOptions<I>): Promise<boolean> {
  const { topic, group, log } = options;
  log?.error({ err: error, topic, group, recordId: idOf(item.record) }, 'a record cannot be handled; to dead letters');
  if (!(await bury([{ id: idOf(item.record), reason: reasonOf(error) }], [item], options))) return false;
  options.onDone([item]);
  return true;
}

/** A surprise may quote the message that it stumbled over, and dead letters must not; the log has the whole error. */
function reasonOf(error: unknown): string {
  if (error instanceof Failure) return `${codeOf(error)}: ${messageOf(error)}`;
  return `unexpected: ${error instanceof Error ? error.name : typeof error}`;
}

/** Whether they are in dead letters now; false when it was told to stop, or nobody waits any more. */
async function bury<I extends Item>(
  refused: readonly Refused[],
  items: readonly I[],
  options: DeliverOptions<I>,
): Promise<boolean> {
  const { topic, group, clock } = options;
  const sourceOf = (id: string) => items.find(({ record }) => idOf(record) === id)?.source;
  const letters = refused.map(({ id, reason }): DeadLetter => {
    const source = sourceOf(id);
    return { topic, group, recordId: id, reason, at: clock.now(), ...(source ? { source } : {}) };
  });
  for (let failures = 1; ; failures += 1) {
    try {
      await options.deadLetters.put(letters);
      return true;
    } catch (error) {
      await pause(error, { failures, waitMs: laterWaitMs(failures), size: letters.length }, options);
      if (options.stopRetrying.aborted || !items.some(options.isWanted)) return false;
    }
  }
}

function laterWaitMs(failures: number): number {
  return Math.min(LATER_FIRST_MS * 2 ** (failures - 1), LATER_MAX_MS);
}

interface Pause {
  failures: number;
  waitMs: number;
  size: number;
}

/** Says what it waits for, less and less often. */
async function pause<I extends Item>(error: unknown, wait: Pause, options: DeliverOptions<I>): Promise<void> {
  const { topic, group, log, clock, stopRetrying } = options;
  const told = Number.isInteger(Math.log2(wait.failures));
  if (told) log?.warn({ err: error, topic, group, ...wait }, `records wait: ${messageOf(error)}`);
  await clock.sleep(wait.waitMs, stopRetrying);
}
