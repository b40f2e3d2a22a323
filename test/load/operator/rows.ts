/** What was measured, beside what is aimed at. */
import { percentile } from '../pipeline/found.ts';
import type { Applied } from './edits.ts';
import { countsSince, sumOf, writesOf, type Look } from './look.ts';

export const AIMS = { memoryMb: 512, writesAtRest: 0, editMs: 2000, writesOfRestart: 0 } as const;

export interface Started {
  /** From starting the process until every TelegramGroup was Ready and of its generation. */
  reconciledSeconds: number;
  /** Until nothing was written any more, Events included. */
  quietSeconds: number;
  cpuSeconds: number;
  /** When it was quiet. */
  look: Look;
  rssMb: number;
  rssPeakMb: number;
}

export interface Rested {
  seconds: number;
  before: Look;
  after: Look;
  cpuSeconds: number;
  /** Transactions of PostgreSQL by everybody. */
  transactions: number;
}

export interface Measured {
  started: Started;
  rested: Rested;
  edits: readonly Applied[];
  restarted: Started;
}

export interface Row {
  measured: number | string;
  aim?: string;
}

export function toRows({ started, rested, edits, restarted }: Measured): Record<string, Row> {
  const { look, reconciledSeconds } = started;
  const writesAtRest = sumOf(writesSince(rested));
  const callsAtRest = sumOf(countsSince(rested.before.topicCalls, rested.after.topicCalls));
  const aim = (value: number, most: number, unit: string) => ({
    measured: value,
    aim: `${most === 0 ? 'none' : `under ${most} ${unit}`}: ${value <= most ? 'met' : 'MISSED'}`,
  });
  const time = (kind: Applied['kind'], share: number) => timeOf(edits, kind, share);
  return {
    'all reconciled, s': { measured: round(reconciledSeconds) },
    'quiet, Events told, s': { measured: round(started.quietSeconds) },
    reconciles: { measured: look.reconciles },
    'reconciles a second': { measured: round(look.reconciles / reconciledSeconds) },
    requests: { measured: sumOf(look.methods) },
    'requests a second': { measured: round(sumOf(look.methods) / started.quietSeconds) },
    'of reconcile time, waiting for KUBE_QPS': { measured: `${Math.round(limitedShare(look) * 100)} %` },
    'CPU of the start, s': { measured: round(started.cpuSeconds) },
    'RSS when quiet, MB': { measured: Math.round(started.rssMb) },
    'RSS at peak, MB': aim(Math.round(started.rssPeakMb), AIMS.memoryMb, 'MB'),
    'heap when quiet, MB': { measured: Math.round(look.heapMb) },
    'heap at peak, MB': { measured: Math.round(look.heapPeakMb) },
    [`writes in ${Math.round(rested.seconds)} s at rest`]: aim(writesAtRest, AIMS.writesAtRest, ''),
    'reconciles at rest': { measured: rested.after.reconciles - rested.before.reconciles },
    'topic calls a minute at rest': { measured: round((callsAtRest * 60) / rested.seconds) },
    'PostgreSQL transactions a second at rest': { measured: round(rested.transactions / rested.seconds) },
    'of a core at rest': { measured: Number((rested.cpuSeconds / rested.seconds).toFixed(3)) },
    'edit of a Shared one p50, ms': { measured: time('Shared', 0.5) },
    'edit of a Shared one p99, ms': aim(time('Shared', 0.99), AIMS.editMs, 'ms'),
    'edit of a Dedicated one p50, ms': { measured: time('Dedicated', 0.5) },
    'edit of a Dedicated one p99, ms': aim(time('Dedicated', 0.99), AIMS.editMs, 'ms'),
    'restart until quiet, s': { measured: round(restarted.quietSeconds) },
    'CPU of the restart, s': { measured: round(restarted.cpuSeconds) },
    'writes of the restart': aim(sumOf(writesOf(restarted.look.requests)), AIMS.writesOfRestart, ''),
    'RSS at peak of the restart, MB': aim(Math.round(restarted.rssPeakMb), AIMS.memoryMb, 'MB'),
    'heap after the restart, MB': { measured: Math.round(restarted.look.heapMb) },
  };
}

/** What must hold on any machine: times depend on who else works on it. */
export function isSound({ started, rested, restarted }: Measured): boolean {
  const peakMb = Math.max(started.rssPeakMb, restarted.rssPeakMb);
  return sumOf(writesSince(rested)) === AIMS.writesAtRest && peakMb < AIMS.memoryMb;
}

/** Requests by verb and resource, of each phase. */
export function toRequestTable({ started, rested, restarted }: Measured): Record<string, Record<string, number>> {
  const phases = {
    start: started.look.requests,
    rest: countsSince(rested.before.requests, rested.after.requests),
    restart: restarted.look.requests,
  };
  const names = [...new Set(Object.values(phases).flatMap((requests) => Object.keys(requests)))].toSorted();
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(Object.entries(phases).map(([phase, requests]) => [phase, requests[name] ?? 0])),
    ]),
  );
}

function writesSince({ before, after }: Rested): Record<string, number> {
  return countsSince(writesOf(before.requests), writesOf(after.requests));
}

function timeOf(edits: readonly Applied[], kind: Applied['kind'], share: number): number {
  const waited = edits.filter((edit) => edit.kind === kind).map(({ ms }) => ({ ms, weight: 1 }));
  return percentile(waited, share);
}

function limitedShare({ limiterSeconds, reconcileSeconds }: Look): number {
  return reconcileSeconds === 0 ? 0 : limiterSeconds / reconcileSeconds;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
