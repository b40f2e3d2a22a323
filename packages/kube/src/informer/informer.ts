/** A cache of one kind, in one or several namespaces, kept like the server's; and whoever wants to hear of changes. */
import type { Clock } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import type { KubeClient } from '../client.ts';
import type { KubeLog } from '../log.ts';
import { keyOf, type At, type KubeObject, type ObjectMeta } from '../objects.ts';
import type { Resource } from '../resources.ts';
import { createCache, type Cache, type Change } from './cache.ts';
import { createHandlers, type ChangeHandler } from './handlers.ts';
import { createReflector, type Reflector } from './reflector.ts';
import { createReflectorMetrics } from './reflector-metrics.ts';

export interface InformerOptions<T extends KubeObject> {
  client: Pick<KubeClient, 'list' | 'watch'>;
  resource: Resource;
  /** All of the cluster when absent; each has a list and a watch of its own. */
  namespaces?: readonly string[] | undefined;
  labelSelector?: string;
  fieldSelector?: string;
  /** What is kept of each object, which may be changed in place. managedFields go in any case. */
  trim?: (object: T) => T;
  clock: Clock;
  log: KubeLog;
  registry?: Registry;
  /** In metrics and in the log; the plural of the kind when absent. */
  name?: string;
  /** Silence after which a watch is taken for dead; 75 s, since the server sends a bookmark about once a minute. */
  inactivityMs?: number;
  /** 0 to 1; Math.random. */
  random?: () => number;
}

export interface Informer<T extends KubeObject> {
  /** Resolves when the signal aborts, never before; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Every namespace has been listed once: what is not in the cache is not there. */
  hasSynced(): boolean;
  /** Resolves when that is so, or when the signal aborts. */
  synced(signal?: AbortSignal): Promise<void>;
  /** Objects of the cache belong to all: whoever changes one copies it first. */
  get(namespace: string | undefined, name: string): T | undefined;
  list(namespace?: string): T[];
  /** Also tells, as `added`, what is in the cache already. A handler that throws is logged and counted, and told on. */
  onChange(handler: ChangeHandler<T>): void;
  /** Since the server was heard; of the namespace that has waited longest. */
  lastEventAgeMs(): number;
}

const INACTIVITY_MS = 75_000;

interface Scope<T extends KubeObject> {
  namespace: string | undefined;
  cache: Cache<T>;
  reflector: Reflector;
}

export function createInformer<T extends KubeObject>(options: InformerOptions<T>): Informer<T> {
  const { resource, clock, log, namespaces, inactivityMs = INACTIVITY_MS, random = Math.random } = options;
  const name = options.name ?? resource.plural;
  const metrics = createReflectorMetrics(options.registry, name, {
    size: () => scopes.reduce((sum, { cache }) => sum + cache.size(), 0),
    ageMs: lastEventAgeMs,
  });
  const handlers = createHandlers<T>({ name, log, onError: metrics.handlerFailed });
  let isSynced: () => void = () => {};
  const whenSynced = new Promise<void>((resolve) => (isSynced = resolve));
  const scopes = (namespaces ?? [undefined]).map(openScope);

  function openScope(namespace: string | undefined): Scope<T> {
    const cache = createCache<T>();
    const reflector = createReflector<T>({
      client: options.client,
      resource,
      namespace,
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
      trim: (object) => (options.trim ?? same)(withoutManagedFields(object)),
      cache,
      tell,
      clock,
      log,
      metrics,
      inactivityMs,
      random,
    });
    return { namespace, cache, reflector };
  }

  function tell(changes: readonly Change<T>[]): void {
    if (hasSynced()) isSynced();
    handlers.tell(changes);
  }

  const hasSynced = () => scopes.every(({ reflector }) => reflector.hasSynced());

  function lastEventAgeMs(): number {
    return clock.now() - Math.min(...scopes.map(({ reflector }) => reflector.heardAt()));
  }

  function get(namespace: string | undefined, objectName: string): T | undefined {
    const at: At = namespace === undefined ? { name: objectName } : { name: objectName, namespace };
    return scopes.map(({ cache }) => cache.get(keyOf(at))).find((found) => found !== undefined);
  }

  function list(namespace?: string): T[] {
    const all = scopes.flatMap(({ cache }) => cache.list());
    return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace);
  }

  return {
    run: async (signal) => void (await Promise.all(scopes.map(({ reflector }) => reflector.run(signal)))),
    hasSynced,
    synced: (signal) => (signal ? Promise.race([whenSynced, aborted(signal)]) : whenSynced),
    get,
    list,
    onChange: (handler) => handlers.add(handler, list()),
    lastEventAgeMs,
  };
}

const same = <T>(object: T) => object;

/** They are often longer than the object itself, and a controller that applies has no use for them. */
function withoutManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & { managedFields?: unknown };
  return { ...object, metadata };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
