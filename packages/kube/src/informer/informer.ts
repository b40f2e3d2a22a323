/** A cache of one kind, in one or several namespaces, kept like the server's; and whoever wants to hear of changes. */
import { keyOf, type At, type KubeObject } from '../objects.ts';
import type { Change } from './cache.ts';
import { createHandlers, type ChangeHandler } from './handlers.ts';
import type { InformerOptions } from './informer-options.ts';
import { createReflectorMetrics } from './reflector-metrics.ts';
import { openScope } from './scope.ts';
import { createServed, type ServedHandler } from './served.ts';

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
  /** Whether the cluster knows the kind, as far as it has said so. */
  isServed(): boolean;
  /** Tells when that is no longer as it was when the cache had synced, and so on. */
  onServed(handler: ServedHandler): void;
  /** Since the server was heard; of the namespace that has waited longest. */
  lastEventAgeMs(): number;
}

export function createInformer<T extends KubeObject>(options: InformerOptions<T>): Informer<T> {
  const { clock, log } = options;
  const name = options.name ?? options.resource.plural;
  const metrics = createReflectorMetrics(options.registry, name, {
    size: () => scopes.reduce((sum, { cache }) => sum + cache.size(), 0),
    ageMs: lastEventAgeMs,
  });
  const told = { name, log, onError: metrics.handlerFailed };
  const handlers = createHandlers<Change<T>>({ ...told, describe: describeChange });
  const served = createServed({ ...told, hasSynced, isServed });
  let isSynced: () => void = () => {};
  const whenSynced = new Promise<void>((resolve) => (isSynced = resolve));
  const scopes = (options.namespaces ?? [undefined]).map((namespace) =>
    openScope(options, { namespace, tell, metrics }),
  );

  function hasSynced(): boolean {
    return scopes.every(({ reflector }) => reflector.hasSynced());
  }

  function isServed(): boolean {
    return scopes.every(({ reflector }) => reflector.isServed());
  }

  function tell(changes: readonly Change<T>[]): void {
    if (hasSynced()) isSynced();
    handlers.tell(changes);
    served.look();
  }

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
    onChange: (handler) => handlers.add(handler, list().map(asAdded)),
    isServed,
    onServed: served.onServed,
    lastEventAgeMs,
  };
}

const asAdded = <T extends KubeObject>(object: T): Change<T> => ({ type: 'added', object });

const describeChange = ({ type, object }: Change<KubeObject>) => ({
  what: `an object that was ${type}`,
  object: keyOf(object.metadata),
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
