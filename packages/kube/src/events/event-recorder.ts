/**
 * Tells people what happened to an object, as `kubectl describe` shows it. The same thing again is no new event but one
 * more in a series; and of each object only so many are told, since a loop that fails must not fill etcd. Recording never
 * waits and never fails: who records goes on.
 */
import { randomBytes } from 'node:crypto';
import { messageOf, retryClassOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import type { KubeClient } from '../client.ts';
import { isKubeError } from '../kube-error.ts';
import type { KubeLog } from '../log.ts';
import { counter } from '../metrics.ts';
import { toMicroTime } from '../micro-time.ts';
import { keyOf, type KubeObject } from '../objects.ts';
import { RESOURCES } from '../resources.ts';
import { createAllowance } from './allowance.ts';
import { toEventObject, type EventFacts, type EventObject, type Reporter } from './event-object.ts';
import { beginSeries, hasNews, isOver, repeat, SERIES_MS, seriesKey, wasTold, type Series } from './series.ts';

export interface EventRecorderOptions {
  client: Pick<KubeClient, 'create' | 'mergePatch'>;
  reporter: Reporter;
  clock: Clock;
  log: KubeLog;
  registry?: Registry;
}

export interface EventRecorder {
  record(regarding: KubeObject, facts: EventFacts): void;
  /** Sends what is recorded, until the signal aborts and the rest is sent as far as 2 s go. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** Series that are remembered: those go first that the server knows. */
const SERIES_MAX = 4096;
const SAY_EVERY_MS = 60_000;
/** An event that could not be sent so often is too old to be of use. */
const TRIES_MAX = 4;
const RETRY_MS = 1000;
const STOP_MS = 2000;

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { clock, log, registry } = options;
  const known = new Map<string, Series>();
  const allowance = createAllowance(clock);
  const help = 'Events recorded, by what became of them';
  const count = counter({ registry, name: 'kube_events_total', help, labelNames: ['result'] });
  const tellDropped = createDroppedLog(options);
  let wake = new AbortController();

  function record(regarding: KubeObject, facts: EventFacts): void {
    const key = seriesKey(regarding, facts);
    const series = known.get(key);
    if (series && !isOver(series, clock)) {
      repeat(series, clock.now());
      count.inc({ result: 'repeated' });
    } else if (allowance.take(regarding.metadata.uid ?? keyOf(regarding.metadata))) {
      known.delete(key);
      known.set(key, beginSeries(regarding, facts, clock.now()));
      if (makeRoom(known) === 'dropped') {
        count.inc({ result: 'dropped' });
        tellDropped();
      }
    } else count.inc({ result: 'limited' });
    wake.abort();
  }

  async function tell(key: string, series: Series): Promise<void> {
    try {
      wasTold(series, await send(options, series), clock.now());
      count.inc({ result: 'sent' });
    } catch (error) {
      series.failures += 1;
      series.dueAt = clock.now() + RETRY_MS * series.failures;
      if (retryClassOf(error) !== 'never' && series.failures < TRIES_MAX) return;
      known.delete(key);
      count.inc({ result: 'failed' });
      log.warn({ err: error, object: keyOf(series.regarding.metadata) }, `cannot record an event: ${messageOf(error)}`);
    }
  }

  async function tellAll(isDue: (series: Series) => boolean): Promise<void> {
    for (const [key, series] of known) {
      if (!isDue(series)) continue;
      if (hasNews(series)) await tell(key, series);
      else if (isOver(series, clock)) known.delete(key);
      else series.dueAt = series.lastAt + SERIES_MS;
    }
  }

  async function waitForMore(signal: AbortSignal): Promise<void> {
    const nextAt = [...known.values()].reduce((soonest, { dueAt }) => Math.min(soonest, dueAt), Infinity);
    const stop = () => wake.abort();
    signal.addEventListener('abort', stop);
    if (!signal.aborted) await clock.sleep(Math.min(nextAt - clock.now(), SERIES_MS), wake.signal);
    signal.removeEventListener('abort', stop);
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      wake = new AbortController();
      await tellAll(({ dueAt }) => dueAt <= clock.now());
      await waitForMore(signal);
    }
    const done = new AbortController();
    await Promise.race([tellAll(hasNews), clock.sleep(STOP_MS, done.signal)]);
    done.abort();
  }

  return { record, run };
}

/** Once it is a series, its count goes to the server; an event that has expired there is made anew. */
async function send({ client, reporter, clock }: EventRecorderOptions, series: Series): Promise<EventObject> {
  const { sent, count, lastAt, regarding, facts } = series;
  const told = count > 1 ? { series: { count, lastObservedTime: toMicroTime(lastAt) } } : {};
  const { events } = RESOURCES;
  if (sent) {
    try {
      return await client.mergePatch<EventObject>(events, sent.metadata, { patch: told });
    } catch (error) {
      if (!isKubeError(error) || error.status !== 404) throw error;
    }
  }
  const suffix = randomBytes(8).toString('hex');
  const event = toEventObject({ regarding, facts, reporter, now: clock.now(), suffix });
  // The first one alone: what was repeated before it could be sent follows as its series.
  return client.create(events, sent ? { ...event, ...told } : event);
}

/** One of too many goes: the oldest of which the server knows all, else the oldest, which it will never hear of. */
function makeRoom(known: Map<string, Series>): 'kept' | 'dropped' {
  if (known.size <= SERIES_MAX) return 'kept';
  let oldest: string | undefined;
  for (const [key, series] of known) {
    oldest ??= key;
    if (hasNews(series)) continue;
    known.delete(key);
    return 'kept';
  }
  if (oldest !== undefined) known.delete(oldest);
  return 'dropped';
}

/** A flood of events must not become one of lines. */
function createDroppedLog({ clock, log }: Pick<EventRecorderOptions, 'clock' | 'log'>): () => void {
  let dropped = 0;
  let saidAt: Millis | undefined;
  return () => {
    dropped += 1;
    if (saidAt !== undefined && clock.now() - saidAt < SAY_EVERY_MS) return;
    const message = `events were dropped before they could be sent, ${dropped} of them since this was last said`;
    log.warn({ dropped }, message);
    saidAt = clock.now();
    dropped = 0;
  };
}
