/** The names of controller-runtime, pkg/internal/metrics/workqueue.go, so that existing dashboards and alerts work. */
import type { Registry } from 'prom-client';
import { counter, gauge, histogram } from '@chatwarden/kube';
import { onCollect } from './metric.ts';
import type { Priority } from './lines.ts';

export interface QueueMetrics {
  added(): void;
  retried(): void;
  waited(ms: number): void;
  worked(ms: number): void;
}

export interface ObservedQueue {
  depth(priority: Priority): number;
  /** For how long each key that is worked on has been, in ms. */
  started(): number[];
}

const SECONDS = [0.001, 0.01, 0.1, 1, 10, 100, 1000];
const LABELS = ['name', 'controller'] as const;
const MS = 1000;

export function createQueueMetrics(
  registry: Registry | undefined,
  name: string,
  observed: ObservedQueue,
): QueueMetrics {
  const labels = { name, controller: name };
  const count = (metric: string, help: string) => counter({ registry, name: metric, help, labelNames: LABELS });
  const measure = (metric: string, help: string) =>
    histogram({ registry, name: metric, help, labelNames: LABELS, buckets: SECONDS });
  const adds = count('workqueue_adds_total', 'Total number of adds handled by workqueue');
  const retries = count('workqueue_retries_total', 'Total number of retries handled by workqueue');
  const waits = measure(
    'workqueue_queue_duration_seconds',
    'How long in seconds an item stays in workqueue before being requested',
  );
  const works = measure(
    'workqueue_work_duration_seconds',
    'How long in seconds processing an item from workqueue takes.',
  );
  showState(registry, labels, observed);
  return {
    added: () => adds.inc(labels),
    retried: () => retries.inc(labels),
    waited: (ms) => waits.observe(labels, ms / MS),
    worked: (ms) => works.observe(labels, ms / MS),
  };
}

function showState(
  registry: Registry | undefined,
  labels: { name: string; controller: string },
  { depth, started }: ObservedQueue,
): void {
  const depths = gauge({
    registry,
    name: 'workqueue_depth',
    help: 'Current depth of workqueue by workqueue and priority',
    labelNames: [...LABELS, 'priority'],
  });
  const unfinished = gauge({
    registry,
    name: 'workqueue_unfinished_work_seconds',
    help: 'How many seconds of work has been done that is in progress and has not been observed by work_duration',
    labelNames: LABELS,
  });
  const longest = gauge({
    registry,
    name: 'workqueue_longest_running_processor_seconds',
    help: 'How many seconds has the longest running processor for workqueue been running',
    labelNames: LABELS,
  });
  onCollect(registry, depths, () => {
    for (const priority of ['edit', 'resync'] as const) depths.set({ ...labels, priority }, depth(priority));
  });
  onCollect(registry, unfinished, () => unfinished.set(labels, started().reduce((a, b) => a + b, 0) / MS));
  onCollect(registry, longest, () => longest.set(labels, Math.max(0, ...started()) / MS));
}
