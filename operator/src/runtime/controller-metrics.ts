/** The names of controller-runtime, pkg/internal/controller/metrics/metrics.go. */
import type { Registry } from 'prom-client';
import { counter, gauge, histogram } from '@chatwarden/kube';

export type Result = 'success' | 'error' | 'requeue_after';

export interface ControllerMetrics {
  began(): void;
  ended(result: Result, ms: number): void;
  /** Doing the same again cannot help. */
  terminal(): void;
  /** An error that nobody foresaw. */
  panicked(): void;
  timedOut(): void;
}

const SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2,
  2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
];
const LABELS = ['controller'] as const;

export function createControllerMetrics(
  registry: Registry | undefined,
  controller: string,
  concurrency: number,
): ControllerMetrics {
  const labels = { controller };
  const count = (name: string, help: string) => {
    const metric = counter({ registry, name: `controller_runtime_${name}`, help, labelNames: LABELS });
    metric.inc(labels, 0);
    return metric;
  };
  const show = (name: string, help: string) =>
    gauge({ registry, name: `controller_runtime_${name}`, help, labelNames: LABELS });
  const total = counter({
    registry,
    name: 'controller_runtime_reconcile_total',
    help: 'Total number of reconciliations per controller',
    labelNames: ['controller', 'result'],
  });
  const errors = count('reconcile_errors_total', 'Total number of reconciliation errors per controller');
  const terminal = count('terminal_reconcile_errors_total', 'Total number of terminal reconciliation errors');
  const panics = count('reconcile_panics_total', 'Total number of reconciliation panics per controller');
  const timeouts = count('reconcile_timeouts_total', 'Total number of reconciliation timeouts per controller');
  const seconds = histogram({
    registry,
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'Length of time per reconciliation per controller',
    labelNames: LABELS,
    buckets: SECONDS,
  });
  show('max_concurrent_reconciles', 'Maximum number of concurrent reconciles per controller').set(labels, concurrency);
  const active = show('active_workers', 'Number of currently used workers per controller');
  active.set(labels, 0);
  return {
    began: () => active.inc(labels),
    ended: (result, ms) => {
      active.dec(labels);
      total.inc({ controller, result });
      seconds.observe(labels, ms / 1000);
      if (result === 'error') errors.inc(labels);
    },
    terminal: () => terminal.inc(labels),
    panicked: () => panics.inc(labels),
    timedOut: () => timeouts.inc(labels),
  };
}
