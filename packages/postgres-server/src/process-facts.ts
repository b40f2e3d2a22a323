// What the system says about a process. A process id alone proves nothing, since ids are used again: together with the
// time of its start it names one process for good. Zombies count as gone: they hold nothing and will never run again.
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { PROGRAM_ENVIRONMENT } from './run-command.ts';

const onLinux = process.platform === 'linux';

/** An opaque text that no other process with this id ever had or will have; undefined when the process is gone. */
export function startOf(pid: number): string | undefined {
  if (!onLinux) return startByPs(pid);
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  // proc_pid_stat(5): the second field, the name in brackets, may hold blanks; the 3rd is the state, the 22nd the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return isDead(fields[0]) ? undefined : `${boot}/${fields[19]}`;
}

function startByPs(pid: number): string | undefined {
  const line = ps(pid, ['stat', 'lstart']);
  const [state, ...start] = line?.split(/\s+/) ?? [];
  return line === undefined || isDead(state) ? undefined : start.join(' ');
}

/** The program and its arguments; empty when the process is gone. */
export function commandOf(pid: number): string[] {
  if (!onLinux) return ps(pid, ['command'])?.split(' ') ?? [];
  return attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.split('\0') ?? [];
}

/** Whether the process stands in that folder. Where the system does not tell, its command line must name the folder. */
export function standsIn(pid: number, folder: string): boolean {
  // Linux hides it from root in a container that lacks CAP_SYS_PTRACE (Docker's default) when the user is another.
  const standing = onLinux ? attempt(() => readlinkSync(`/proc/${pid}/cwd`)) : undefined;
  return standing === undefined ? ` ${commandOf(pid).join(' ')} `.includes(` ${folder} `) : standing === folder;
}

function isDead(state: string | undefined): boolean {
  return state === undefined || /^[ZXx]/.test(state);
}

/** POSIX wants one -o for each column without a heading. The time zone is fixed, since a start is printed in local time. */
function ps(pid: number, columns: string[]): string | undefined {
  const args = [...columns.flatMap((column) => ['-o', `${column}=`]), '-p', String(pid)];
  const env = { ...PROGRAM_ENVIRONMENT, TZ: 'UTC' };
  const output = attempt(() =>
    execFileSync('ps', args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return output?.trim() || undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
