import type { Gauge, Registry } from 'prom-client';

/** Gauges that are read when somebody asks: of each registry and name all readers. */
const readersOf = new WeakMap<Registry, Map<string, (() => void)[]>>();

/** Calls `read` whenever the metrics are collected. */
export function onCollect(registry: Registry | undefined, metric: Gauge, read: () => void): void {
  if (!registry) return;
  const { name } = metric as unknown as { name: string };
  const byName = readersOf.get(registry) ?? new Map<string, (() => void)[]>();
  readersOf.set(registry, byName);
  const readers = byName.get(name) ?? [];
  readers.push(read);
  if (byName.has(name)) return;
  byName.set(name, readers);
  Object.assign(metric, { collect: () => readers.forEach((reader) => reader()) });
}
