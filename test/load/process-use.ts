/** What processes took of the machine, from Linux's /proc (proc(5)). */
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Stat {
  parent: number;
  cpuSeconds: number;
}

/** Null for a process that is gone. Fields are counted from behind the name, which may hold spaces. */
function statOf(pid: number): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].map((index) => Number(fields[index]));
    return { parent: Number(fields[1]), cpuSeconds: ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND };
  } catch {
    return null;
  }
}

/** Of the process, its children and those of its children that it has waited for. */
export function cpuSecondsOf(pid: number, { withChildren }: { withChildren: boolean }): number {
  const own = statOf(pid)?.cpuSeconds ?? 0;
  if (!withChildren) return own;
  const children = readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0 && statOf(id)?.parent === pid);
  return children.reduce((sum, id) => sum + (statOf(id)?.cpuSeconds ?? 0), own);
}

/** Resident memory in MB. */
export function residentMbOf(pid: number): number {
  const kib = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return kib / 1024;
}

/** Of the one that is below this process and whose command line names `word`; undefined where there is none, as in Docker. */
export function pidBelow(word: string): number | undefined {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
  return pids.find((pid) => isBelow(pid, process.pid) && isNamed(pid, word));
}

function isBelow(pid: number, ancestor: number): boolean {
  const parent = statOf(pid)?.parent ?? 0;
  return parent > 0 && (parent === ancestor || isBelow(parent, ancestor));
}

function isNamed(pid: number, word: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word);
  } catch {
    return false;
  }
}
