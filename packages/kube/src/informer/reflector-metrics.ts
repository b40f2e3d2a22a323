/** The first three have the names of client-go's reflector. */
import type { Registry } from 'prom-client';
import { counter, gauge } from '../metrics.ts';

export interface ReflectorMetrics {
  listed(): void;
  watching(): void;
  failed(reason: string): void;
  handlerFailed(): void;
}

export interface Observed {
  size(): number;
  /** Since the server was heard. */
  ageMs(): number;
}

export function createReflectorMetrics(
  registry: Registry | undefined,
  name: string,
  observed: Observed,
): ReflectorMetrics {
  const count = (metric: string, help: string) => counter({ registry, name: metric, help, labelNames: ['name'] });
  const lists = count('reflector_lists_total', 'Total number of API lists done by the reflectors');
  const watches = count('reflector_watches_total', 'Total number of API watches done by the reflectors');
  const short = count('reflector_short_watches_total', 'Total number of short API watches done by the reflectors');
  const handlers = count('informer_handler_errors_total', 'Errors thrown by handlers of changes');
  const failures = counter({
    registry,
    name: 'reflector_failures_total',
    help: 'Lists and watches that ended otherwise than by the server closing the watch in order',
    labelNames: ['name', 'reason'],
  });
  watchGauges(registry).set(name, observed);
  return {
    listed: () => lists.inc({ name }),
    watching: () => watches.inc({ name }),
    failed: (reason) => {
      failures.inc({ name, reason });
      if (reason === 'ShortWatch') short.inc({ name });
    },
    handlerFailed: () => handlers.inc({ name }),
  };
}

const observedOf = new WeakMap<Registry, Map<string, Observed>>();

/** Gauges are read when somebody asks for them; all informers of a registry stand in one of each. */
function watchGauges(registry: Registry | undefined): Map<string, Observed> {
  const known = registry ? observedOf.get(registry) : undefined;
  if (known) return known;
  const all = new Map<string, Observed>();
  if (!registry) return all;
  observedOf.set(registry, all);
  const objects = gauge({ registry, name: 'informer_objects', help: 'Objects in the cache', labelNames: ['name'] });
  const age = gauge({
    registry,
    name: 'watch_last_event_age_seconds',
    help: 'Since the server was last heard by a list, an event or a bookmark',
    labelNames: ['name'],
  });
  const read = () => {
    for (const [name, { size, ageMs }] of all) {
      objects.set({ name }, size());
      age.set({ name }, ageMs() / 1000);
    }
  };
  Object.assign(objects, { collect: read });
  return all;
}
