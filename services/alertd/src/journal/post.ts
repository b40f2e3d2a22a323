/**
 * The journal's way to ingestd: events as NDJSON, outcomes per event, as if it were the store itself. Whatever the door
 * answers, an event is accepted, refused with a reason, or the whole is tried again later: ids make that harmless.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Failure, type Clock, type LogEvent, type Millis } from '@chatwarden/contracts';
import type { ItemOutcome, LogStore } from '@chatwarden/logstore';
import { readAnswer, retryAfterMs, type Refusals } from './read-ingest-answer.ts';

export interface PostDeps {
  /** Where ingestd is, such as http://ingestd:8080. */
  url: string;
  /** API key; a door on loopback may want none. */
  key?: string | undefined;
  clock: Clock;
  fetch?: typeof fetch;
}

/** Below, packing costs more than it saves. */
const PACK_BYTES_MIN = 4096;
/** Longer than the door takes for its own timeouts. */
const TIMEOUT_MS = 30_000;

const pack = promisify(gzip);

export function createIngestPoster({ url, key, clock, fetch: send = fetch }: PostDeps): Pick<LogStore, 'write'> {
  const address = new URL('ingest', url.endsWith('/') ? url : `${url}/`);
  let notBefore: Millis = 0;

  async function write(events: readonly LogEvent[]): Promise<ItemOutcome[]> {
    if (events.length === 0) return [];
    await clock.sleep(notBefore - clock.now());
    const answer = await post(events);
    if (answer.is === 'accepted') return toOutcomes(events, answer.refusals);
    if (answer.is === 'tooLarge') return writeHalves(events, answer.reason);
    notBefore = clock.now() + answer.waitMs;
    throw new Failure('ingestAway', 'later', { message: answer.reason });
  }

  async function writeHalves(events: readonly LogEvent[], reason: string): Promise<ItemOutcome[]> {
    const [only] = events;
    if (only && events.length === 1) return [{ id: only.event.id, result: 'refused', reason }];
    const middle = Math.ceil(events.length / 2);
    return [...(await write(events.slice(0, middle))), ...(await write(events.slice(middle)))];
  }

  async function post(events: readonly LogEvent[]) {
    const lines = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const isPacked = lines.length >= PACK_BYTES_MIN;
    const headers = {
      'content-type': 'application/x-ndjson',
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    };
    const body = isPacked ? await pack(lines, { level: 1 }) : lines;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await send(address, { method: 'POST', headers, body, signal, redirect: 'error' });
      const waitMs = retryAfterMs(response.headers.get('retry-after'), clock.now());
      return readAnswer({ status: response.status, text: await response.text(), sent: events.length, waitMs });
    } catch (error) {
      throw new Failure('ingestAway', 'later', { message: `${address.origin} does not answer`, cause: error });
    }
  }

  return { write };
}

/** Whether an accepted event was there already is found out later, at the index. */
function toOutcomes(events: readonly LogEvent[], refusals: Refusals): ItemOutcome[] {
  return events.map(({ event: { id } }, position) => {
    const reason = refusals.get(position);
    return reason === undefined ? { id, result: 'created' } : { id, result: 'refused', reason };
  });
}
