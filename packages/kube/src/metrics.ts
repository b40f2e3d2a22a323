/** Several clients, informers and controllers share one registry: a metric is made by the first of them. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

interface MetricFacts<L extends string> {
  registry: Registry | undefined;
  name: string;
  help: string;
  labelNames: readonly L[];
}

function existing<M>({ registry, name }: MetricFacts<string>): M | undefined {
  return registry?.getSingleMetric(name) as M | undefined;
}

const registers = (registry: Registry | undefined) => (registry ? [registry] : []);

export function counter<L extends string>(facts: MetricFacts<L>): Counter<L> {
  const { registry, name, help, labelNames } = facts;
  return existing<Counter<L>>(facts) ?? new Counter({ name, help, labelNames, registers: registers(registry) });
}

export function gauge<L extends string>(facts: MetricFacts<L>): Gauge<L> {
  const { registry, name, help, labelNames } = facts;
  return existing<Gauge<L>>(facts) ?? new Gauge({ name, help, labelNames, registers: registers(registry) });
}

export function histogram<L extends string>(facts: MetricFacts<L> & { buckets: number[] }): Histogram<L> {
  const { registry, name, help, labelNames, buckets } = facts;
  return (
    existing<Histogram<L>>(facts) ?? new Histogram({ name, help, labelNames, buckets, registers: registers(registry) })
  );
}
