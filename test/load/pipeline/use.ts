/** CPU and memory of every process of a run. The simulated Telegram lives in the harness and is counted with it. */
import { availableParallelism } from 'node:os';
import type { RunningEngines } from '../../platform/engines.ts';
import type { Platform } from '../../platform/platform.ts';
import { cpuSecondsOf, residentMbOf } from '../process-use.ts';

interface Watched {
  name: string;
  pid: number;
  withChildren: boolean;
}

export interface Use {
  name: string;
  /** User and system. */
  cpuSeconds: number;
  memoryMb: number;
}

export interface UseSince {
  seconds: number;
  processes: readonly Use[];
}

/** Servers that are no processes of ours, as in Docker, are left out. */
function processesOf(platform: Platform, { kafka, openSearch, postgres }: RunningEngines): Watched[] {
  const members = platform.members.map((member) => ({ name: member.name, pid: member.pid(), withChildren: false }));
  const all = [
    ...members,
    { name: 'Kafka', pid: kafka.pid(), withChildren: false },
    { name: 'OpenSearch', pid: openSearch.pid(), withChildren: false },
    { name: 'PostgreSQL', pid: postgres.pid(), withChildren: true },
    { name: 'harness and Telegram', pid: process.pid, withChildren: false },
  ];
  return all.flatMap((one) => (one.pid === undefined ? [] : [{ ...one, pid: one.pid }]));
}

/** Returns what was used since the call. */
export function watchUse(platform: Platform, engines: RunningEngines): () => UseSince {
  const watched = processesOf(platform, engines);
  const now = () => watched.map(({ pid, withChildren }) => cpuSecondsOf(pid, { withChildren }));
  const before = now();
  const began = performance.now();
  return () => {
    const after = now();
    const processes = watched.map(({ name, pid }, n) => ({
      name,
      cpuSeconds: (after[n] ?? 0) - (before[n] ?? 0),
      memoryMb: Math.round(residentMbOf(pid)),
    }));
    return { seconds: (performance.now() - began) / 1000, processes };
  };
}

export function tableOf({ seconds, processes }: UseSince, messages: number): Record<string, object> {
  const total = processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const rows = [...processes, { name: 'all', cpuSeconds: total, memoryMb: 0 }];
  return Object.fromEntries(
    rows.map(({ name, cpuSeconds, memoryMb }) => [
      name,
      {
        'CPU s per million': Math.round((cpuSeconds / messages) * 1e6),
        'of a core': Number((cpuSeconds / seconds).toFixed(2)),
        ...(memoryMb === 0 ? {} : { 'memory MB': memoryMb }),
      },
    ]),
  );
}

/** The process nearest to a full core, or the machine when its cores are. */
export function limitOf({ seconds, processes }: UseSince): string {
  const cores = availableParallelism();
  const shares = processes.map(({ name, cpuSeconds }) => ({ name, share: cpuSeconds / seconds }));
  const [first] = shares.toSorted((a, b) => b.share - a.share);
  const all = shares.reduce((sum, { share }) => sum + share, 0);
  return `${first?.name} takes ${first?.share.toFixed(2)} of a core, all together ${all.toFixed(2)} of ${cores}`;
}
