// Takes away what a node leaves in the kernel and on disk: processes, mounts, network, control groups, files. Knows them by
// the node's folder and fixed names alone, so it also works for a run that was killed. `node clean-up.ts` does it for the
// cluster that STATE_FILE names.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BRIDGE, POD_GROUPS, STATE_FILE, type ClusterState } from './place.ts';

/** Programs of the node that outlive whoever started them. */
const PROGRAMS = new Set(['containerd', 'containerd-shim-runc-v2', 'kubelet']);
const GROUPS = '/sys/fs/cgroup';
const POLL_MS = 100;
const ROUNDS_MAX = 100;

export function readState(): ClusterState | undefined {
  if (!existsSync(STATE_FILE)) return undefined;
  return JSON.parse(readFileSync(STATE_FILE, 'utf8')) as ClusterState;
}

/** Harmless when all is gone already. */
export async function cleanUp({ folder, madeFolders }: ClusterState): Promise<void> {
  await killUntilNone(() => processesOf(folder, 'kubelet'));
  await killUntilNone(processesInPods);
  await killUntilNone(() => processesOf(folder));
  for (const mount of mountsBelow(folder)) spawnSync('umount', ['--lazy', mount]);
  spawnSync('ip', ['link', 'delete', BRIDGE]);
  for (const group of podGroups().toReversed()) removeGroup(group);
  for (const made of [folder, ...madeFolders]) rmSync(made, { recursive: true, force: true, maxRetries: 3 });
  rmSync(STATE_FILE, { force: true });
}

/** Of a process that has ended in the meantime there is nothing to read. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function killUntilNone(find: () => number[]): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const pids = find();
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
    await delay(POLL_MS);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function processesOf(folder: string, only?: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1)
    .filter((pid) => {
      const [program = '', ...args] = readIfThere(`/proc/${pid}/cmdline`).split('\0');
      const name = basename(program);
      return (only === undefined ? PROGRAMS.has(name) : name === only) && args.some((arg) => arg.includes(folder));
    });
}

function processesInPods(): number[] {
  const found = podGroups().flatMap((group) => readIfThere(join(group, 'cgroup.procs')).split('\n'));
  return [...new Set(found.map(Number))].filter((pid) => pid > 1);
}

/** Parents first; in every hierarchy of version 1, or in the one of version 2. */
export function podGroups(): string[] {
  const hierarchies = [GROUPS, ...readdirSync(GROUPS).map((name) => join(GROUPS, name))];
  const tops = hierarchies.map((hierarchy) => join(hierarchy, POD_GROUPS)).filter((group) => existsSync(group));
  return tops.flatMap((top) => [top, ...groupsBelow(top)]);
}

function groupsBelow(group: string): string[] {
  return readdirSync(group, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(group, name), ...groupsBelow(join(group, name))]);
}

/** The kernel may need a moment after the last process; what is left is empty and harms nothing. */
function removeGroup(group: string): void {
  try {
    rmdirSync(group);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
  }
}

/** Innermost first. */
function mountsBelow(folder: string): string[] {
  const points = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  return points.filter((point) => point.startsWith(`${folder}/`)).toReversed();
}

if (import.meta.main) {
  const state = readState();
  if (state !== undefined) await cleanUp(state);
}
