/**
 * Keeps a cache like the server's list, for ever: list, then watch from there; when the watch ends, watch on from the
 * last thing heard; when the server has forgotten that place (410, as status or as event), list anew. Whatever else goes
 * wrong is waited for and tried again. It never gives up and never throws.
 */
import { messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { KubeClient } from '../client.ts';
import { isGone, KubeError } from '../kube-error.ts';
import type { KubeLog } from '../log.ts';
import type { KubeObject } from '../objects.ts';
import type { Resource } from '../resources.ts';
import type { WatchEvent } from '../watch.ts';
import type { Cache, Change } from './cache.ts';
import type { ReflectorMetrics } from './reflector-metrics.ts';

export interface ReflectorOptions<T extends KubeObject> {
  client: Pick<KubeClient, 'list' | 'watch'>;
  resource: Resource;
  /** All when absent. */
  namespace: string | undefined;
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
  trim: (object: T) => T;
  cache: Cache<T>;
  tell: (changes: readonly Change<T>[]) => void;
  clock: Clock;
  log: KubeLog;
  metrics: ReflectorMetrics;
  inactivityMs: number;
  random: () => number;
}

export interface Reflector {
  run(signal: AbortSignal): Promise<void>;
  /** It has listed once. */
  hasSynced(): boolean;
  /** When the server was last heard, or the start. */
  heardAt(): Millis;
}

const BACKOFF = { firstMs: 800, maxMs: 30_000 };
/** Failures in a row after which the place itself is suspected, such as after a restored backup of etcd. */
const RELIST_AFTER = 4;
/** The server ends a watch after 5 to 10 minutes, so that watches move to other servers, not all at once. */
const WATCH_SECONDS = { min: 300, spread: 300 };
/** A watch that ends sooner, and told nothing, did not work. */
const SHORT_MS = 1000;

/** Where the reflector is. */
interface Place {
  /** From where to watch; absent when a list is due. */
  resourceVersion: string | undefined;
  synced: boolean;
  heardAt: Millis;
  /** In a row. */
  failures: number;
}

export function createReflector<T extends KubeObject>(options: ReflectorOptions<T>): Reflector {
  const { clock, random } = options;
  const place: Place = { resourceVersion: undefined, synced: false, heardAt: clock.now(), failures: 0 };

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await listAndWatch(options, place, signal);
      } catch (error) {
        if (signal.aborted) return;
        place.failures += 1;
        await clock.sleep(recover(error), signal);
      }
    }
  }

  /** Says how long to wait. */
  function recover(error: unknown): number {
    const known = error instanceof KubeError;
    options.metrics.failed(known ? error.reason : 'Unexpected');
    if (!known || needsList(error) || place.failures >= RELIST_AFTER) place.resourceVersion = undefined;
    const waitMs = Math.max(backoffMs(place.failures, random), (known && error.retryAfterMs) || 0);
    const fields = { err: error, ...nameOf(options), failures: place.failures, waitMs: Math.round(waitMs) };
    options.log.warn(fields, `watching again: ${messageOf(error)}`);
    return waitMs;
  }

  return { run, hasSynced: () => place.synced, heardAt: () => place.heardAt };
}

/** A whole round: throws what ended it, unless that was the server's own end of the watch. */
async function listAndWatch<T extends KubeObject>(
  options: ReflectorOptions<T>,
  place: Place,
  signal: AbortSignal,
): Promise<void> {
  const { client, resource, clock, random, inactivityMs, metrics } = options;
  place.resourceVersion ??= await list(options, place, signal);
  const { resourceVersion } = place;
  const timeoutSeconds = Math.round(WATCH_SECONDS.min + WATCH_SECONDS.spread * random());
  const startedAt = clock.now();
  let events = 0;
  metrics.watching();
  const watched = { ...scopeOf(options), resourceVersion, timeoutSeconds, inactivityMs, signal };
  for await (const event of client.watch<T>(resource, watched)) {
    events += 1;
    take(options, place, event);
  }
  if (events === 0 && clock.now() - startedAt < SHORT_MS) throw tooShort(resource);
  place.heardAt = clock.now();
  place.failures = 0;
}

async function list<T extends KubeObject>(
  options: ReflectorOptions<T>,
  place: Place,
  signal: AbortSignal,
): Promise<string> {
  const { client, resource, cache, trim } = options;
  const listed = await client.list<T>(resource, { ...scopeOf(options), trim, signal });
  options.metrics.listed();
  place.heardAt = options.clock.now();
  const changes = cache.replace(listed.items);
  place.synced = true;
  options.tell(changes);
  return listed.resourceVersion;
}

function take<T extends KubeObject>(options: ReflectorOptions<T>, place: Place, event: WatchEvent<T>): void {
  const { cache, clock } = options;
  place.heardAt = clock.now();
  place.failures = 0;
  place.resourceVersion = event.object.metadata.resourceVersion ?? place.resourceVersion;
  if (event.type === 'BOOKMARK') return;
  const object = options.trim(event.object);
  options.tell(event.type === 'DELETED' ? cache.remove(object) : cache.put(object));
}

const scopeOf = ({
  namespace,
  labelSelector,
  fieldSelector,
}: Pick<ReflectorOptions<KubeObject>, 'namespace' | 'labelSelector' | 'fieldSelector'>) => ({
  namespace,
  labelSelector,
  fieldSelector,
});

const nameOf = ({ resource, namespace }: Pick<ReflectorOptions<KubeObject>, 'resource' | 'namespace'>) => ({
  resource: resource.plural,
  namespace,
});

/** The place is forgotten, or what came from there cannot be read. */
function needsList(error: KubeError): boolean {
  return isGone(error) || error.reason === 'BadAnswer';
}

function tooShort({ plural }: Resource): KubeError {
  return new KubeError({ status: 0, reason: 'ShortWatch', message: `the watch of ${plural} ended at once` });
}

/** Longer after each failure in a row, with a random part, so that many clients do not come back together. */
function backoffMs(failures: number, random: () => number): number {
  const ms = Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.maxMs);
  return ms / 2 + (ms / 2) * random();
}
