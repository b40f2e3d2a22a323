/**
 * Keeps a cache like the server's list, for ever: list, then watch from there; when the watch ends, watch on from the
 * last thing heard; when the server has forgotten that place (410, as status or as event), list anew. Whatever else goes
 * wrong is waited for and tried again. It never gives up and never throws.
 */
import { messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { KubeClient } from '../client.ts';
import { isGone, isKubeError, KubeError } from '../kube-error.ts';
import type { KubeLog } from '../log.ts';
import type { KubeObject } from '../objects.ts';
import type { Resource } from '../resources.ts';
import type { WatchEvent } from '../watch.ts';
import type { Cache, Change } from './cache.ts';
import { ABSENT_MS, backoffMs, LIST_PAGE_MS, watchSeconds } from './delays.ts';
import type { ReflectorMetrics } from './reflector-metrics.ts';

export interface ReflectorOptions<T extends KubeObject> {
  client: Pick<KubeClient, 'list' | 'watch'>;
  resource: Resource;
  /** All when absent. */
  namespace: string | undefined;
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
  trim: (object: T) => T;
  /** Of a kind that the cluster may lack: whether it has it. */
  serves: (() => Promise<boolean>) | undefined;
  cache: Cache<T>;
  tell: (changes: readonly Change<T>[]) => void;
  clock: Clock;
  log: KubeLog;
  metrics: ReflectorMetrics;
  inactivityMs: Millis;
  random: () => number;
}

export interface Reflector {
  run(signal: AbortSignal): Promise<void>;
  /** It has listed once, or knows that there is nothing to list. */
  hasSynced(): boolean;
  /** Whether the server knew the kind when it last said so. */
  isServed(): boolean;
  /** When the server was last heard, or the start. */
  heardAt(): Millis;
}

/** Failures in a row after which the place itself is suspected, such as after a restored backup of etcd. */
const RELIST_AFTER = 4;
/**
 * Silent watches in a row, ten minutes, after which one list is due: a proxy may hold back whatever it should pass on.
 * One silence alone proves nothing of the place: its server may ignore that a watch should end.
 */
const RELIST_AFTER_SILENCES = 24;
/** A watch that ends sooner, and told nothing, did not work. */
const SHORT_MS = 1000;

/** Where the reflector is. */
interface Place {
  /** From where to watch; absent when a list is due. */
  resourceVersion: string | undefined;
  synced: boolean;
  /** Undefined until the server has said so. */
  served: boolean | undefined;
  heardAt: Millis;
  /** In a row. */
  failures: number;
  /** In a row. */
  silences: number;
  /** The last list did not come in time. */
  listWasLate: boolean;
}

export function createReflector<T extends KubeObject>(options: ReflectorOptions<T>): Reflector {
  const { clock, random, log } = options;
  const place: Place = {
    resourceVersion: undefined,
    synced: false,
    served: undefined,
    heardAt: clock.now(),
    failures: 0,
    silences: 0,
    listWasLate: false,
  };

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const isDue = place.resourceVersion === undefined && options.serves !== undefined;
        if (isDue && !(await options.serves?.())) await clock.sleep(beAbsent(options, place), signal);
        else await listAndWatch(options, place, signal);
      } catch (error) {
        if (signal.aborted) return;
        await clock.sleep(isKubeError(error, 'Inactive') ? goOn(error) : recover(error), signal);
      }
    }
  }

  /** The place is as good as before. Says how long to wait. */
  function goOn(error: KubeError): number {
    place.silences += 1;
    place.failures = 0;
    if (place.silences % RELIST_AFTER_SILENCES === 0) place.resourceVersion = undefined;
    options.metrics.failed(error.reason);
    const fields = { ...nameOf(options), silences: place.silences };
    // A server that never ends a watch and has nothing to tell would be complained of for ever.
    if (Number.isInteger(Math.log2(place.silences))) log.warn(fields, `watching again: ${error.message}`);
    return backoffMs(1, random);
  }

  /** Says how long to wait. */
  function recover(error: unknown): number {
    place.failures += 1;
    const known = error instanceof KubeError;
    options.metrics.failed(known ? error.reason : 'Unexpected');
    if (!known || needsList(error) || place.failures >= RELIST_AFTER) place.resourceVersion = undefined;
    const waitMs = Math.max(backoffMs(place.failures, random), (known && error.retryAfterMs) || 0);
    const fields = { err: error, ...nameOf(options), failures: place.failures, waitMs: Math.round(waitMs) };
    log.warn(fields, `watching again: ${messageOf(error)}`);
    return waitMs;
  }

  return {
    run,
    hasSynced: () => place.synced,
    isServed: () => place.served === true,
    heardAt: () => place.heardAt,
  };
}

/** There is nothing of a kind that the cluster does not know. Says how long to wait. */
function beAbsent<T extends KubeObject>(options: ReflectorOptions<T>, place: Place): number {
  const { log, cache, clock } = options;
  if (place.served !== false) {
    log.info(nameOf(options), `the cluster does not know ${options.resource.plural}: waiting for them`);
  }
  Object.assign(place, { served: false, synced: true, heardAt: clock.now(), failures: 0 } satisfies Partial<Place>);
  options.tell(cache.replace([]));
  return ABSENT_MS;
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
  const startedAt = clock.now();
  let events = 0;
  metrics.watching();
  const watched = { resourceVersion, timeoutSeconds: watchSeconds(random), inactivityMs, signal };
  for await (const event of client.watch<T>(resource, { ...scopeOf(options), ...watched })) {
    events += 1;
    take(options, place, event);
  }
  if (events === 0 && clock.now() - startedAt < SHORT_MS) throw tooShort(resource);
  wasHeard(place, clock);
}

async function list<T extends KubeObject>(
  options: ReflectorOptions<T>,
  place: Place,
  signal: AbortSignal,
): Promise<string> {
  const { client, resource, cache, trim, clock } = options;
  const timeoutMs = place.listWasLate ? {} : { timeoutMs: LIST_PAGE_MS };
  place.listWasLate = false;
  const listed = await client
    .list<T>(resource, { ...scopeOf(options), ...timeoutMs, trim, signal })
    .catch((error: unknown) => {
      place.listWasLate = isKubeError(error, 'Timeout');
      throw error;
    });
  options.metrics.listed();
  if (place.served === false) options.log.info(nameOf(options), `the cluster knows ${resource.plural} now`);
  Object.assign(place, { served: true, synced: true, heardAt: clock.now() } satisfies Partial<Place>);
  options.tell(cache.replace(listed.items));
  return listed.resourceVersion;
}

function take<T extends KubeObject>(options: ReflectorOptions<T>, place: Place, event: WatchEvent<T>): void {
  const { cache, clock } = options;
  wasHeard(place, clock);
  place.resourceVersion = event.object.metadata.resourceVersion ?? place.resourceVersion;
  if (event.type === 'BOOKMARK') return;
  const object = options.trim(event.object);
  options.tell(event.type === 'DELETED' ? cache.remove(object) : cache.put(object));
}

function wasHeard(place: Place, clock: Clock): void {
  Object.assign(place, { heardAt: clock.now(), failures: 0, silences: 0 } satisfies Partial<Place>);
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

/** The place is forgotten, with the whole kind maybe, or what came from there cannot be read. */
function needsList(error: KubeError): boolean {
  return isGone(error) || error.status === 404 || error.reason === 'BadAnswer';
}

function tooShort({ plural }: Resource): KubeError {
  return new KubeError({ status: 0, reason: 'ShortWatch', message: `the watch of ${plural} ended at once` });
}
