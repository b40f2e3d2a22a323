/** Controllers of one process share a registry: a metric is made by the first of them. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface MetricFacts<L extends string> {
  registry: Registry | undefined;
  name: string;
  help: string;
  labelNames: readonly L[];
}

const registers = (registry: Registry | undefined) => (registry ? [registry] : []);

export function counter<L extends string>({ registry, name, help, labelNames }: MetricFacts<L>): Counter<L> {
  const known = registry?.getSingleMetric(name) as Counter<L> | undefined;
  return known ?? new Counter({ name, help, labelNames, registers: registers(registry) });
}

export function gauge<L extends string>({ registry, name, help, labelNames }: MetricFacts<L>): Gauge<L> {
  const known = registry?.getSingleMetric(name) as Gauge<L> | undefined;
  return known ?? new Gauge({ name, help, labelNames, registers: registers(registry) });
}

export function histogram<L extends string>(facts: MetricFacts<L> & { buckets: number[] }): Histogram<L> {
  const { registry, name, help, labelNames, buckets } = facts;
  const known = registry?.getSingleMetric(name) as Histogram<L> | undefined;
  return known ?? new Histogram({ name, help, labelNames, buckets, registers: registers(registry) });
}

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
