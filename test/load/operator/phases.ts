/** The phases of a measurement: a start until nothing is left to do, a rest, edits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { peakMbOf } from '../ingest/peak-memory.ts';
import { cpuSecondsOf, residentMbOf } from '../process-use.ts';
import type { Cluster } from './cluster.ts';
import type { SeenGroup } from './edits.ts';
import { sumOf, writesOf, type Look } from './look.ts';
import type { Rested, Started } from './rows.ts';
import type { RunningOperator } from './start-operator.ts';

export interface Watching {
  operator: RunningOperator;
  cluster: Cluster;
  groups: number;
  say(line: string): void;
}

const LOOK_MS = 250;
const SAY_MS = 10_000;
/** So long without a write is quiet, once all was looked at; the regular second looks go on for ever. */
/** Autoscalers speak for the first time within 15 s, which the operator then tells. */
const QUIET_MS = 20_000;
const WITHIN_MS = 3_600_000;

/** Rejects when it takes an hour. */
export async function watchStart({ operator, cluster, groups, say }: Watching): Promise<Started> {
  const began = performance.now();
  const seconds = (at: number) => (at - began) / 1000;
  let [saidAt, reconciledAt, idleAt, changedAt] = [began, 0, 0, began];
  let before: Look | undefined;
  for (;;) {
    const look = await operator.look();
    const now = performance.now();
    if (now - began > WITHIN_MS) throw new Error('not all groups were reconciled within an hour');
    if (reconciledAt === 0 && look.reconciles >= groups && countReconciled(cluster) === groups) {
      reconciledAt = now;
      say(`all ${groups} are reconciled`);
    }
    if (reconciledAt > 0 && look.isIdle && idleAt === 0) idleAt = now;
    if (!before || idleAt === 0 || hasWritten(before, look)) changedAt = now;
    if (now - changedAt > QUIET_MS) return startedOf(operator, look);
    if (now - saidAt >= SAY_MS) {
      say(
        `${countReconciled(cluster)} of ${groups} reconciled, ${sumOf(look.methods)} requests, ${look.reconciles} reconciles`,
      );
      saidAt = now;
    }
    before = look;
    await sleep(LOOK_MS);
  }

  function startedOf({ pid }: RunningOperator, look: Look): Started {
    return {
      reconciledSeconds: seconds(reconciledAt),
      quietSeconds: seconds(changedAt),
      cpuSeconds: cpuSecondsOf(pid, { withChildren: false }),
      look,
      rssMb: residentMbOf(pid),
      rssPeakMb: peakMbOf(pid),
    };
  }
}

function hasWritten(before: Look, after: Look): boolean {
  return sumOf(writesOf(before.requests)) !== sumOf(writesOf(after.requests));
}

function countReconciled({ groups }: Cluster): number {
  return groups.list().filter(isReconciled).length;
}

function isReconciled({ metadata, status }: SeenGroup): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && status?.observedGeneration === metadata.generation;
}

export async function watchRest({ operator, cluster }: Watching, seconds: number): Promise<Rested> {
  const { pid } = operator;
  const [before, cpuBefore, transactionsBefore] = [await operator.look(), cpuOf(pid), await transactionsOf(cluster)];
  const began = performance.now();
  await sleep(seconds * 1000);
  const [after, cpuAfter, transactionsAfter] = [await operator.look(), cpuOf(pid), await transactionsOf(cluster)];
  return {
    seconds: (performance.now() - began) / 1000,
    before,
    after,
    cpuSeconds: cpuAfter - cpuBefore,
    transactions: transactionsAfter - transactionsBefore,
  };
}

const cpuOf = (pid: number) => cpuSecondsOf(pid, { withChildren: false });

async function transactionsOf({ store }: Cluster): Promise<number> {
  const text = 'select xact_commit::int as commits from pg_stat_database where datname = current_database()';
  const [found] = await store.sql.query<{ commits: number }>('', text, []);
  return found?.commits ?? 0;
}
