// How a program is started under the server's account, and run to its end. Sources: capabilities(7), setpriv(1).
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The system user that PostgreSQL's programs run under; undefined means: our own, which is not root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
  /** Gets through folders that are closed to it: see closed-folders.ts. */
  passesClosedFolders?: boolean;
}

/** Nothing of our own environment: PGDATA, PGPORT or a locale set there would change what the programs do and print. */
export const PROGRAM_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };

/** What to spawn so that a program runs under the account, in a folder that every user can enter. */
export function runAs(account: Account | undefined, program: string, args: string[]) {
  const options = { env: PROGRAM_ENVIRONMENT, cwd: '/' };
  if (account?.passesClosedFolders) return { file: 'setpriv', args: [...passage(account), program, ...args], options };
  return { file: program, args, options: { ...options, ...(account && { uid: account.uid, gid: account.gid }) } };
}

/** `setpriv` replaces itself by the program, so the process id is the program's. No other groups, as spawn has it. */
function passage({ uid, gid }: Account): string[] {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const capability = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  // access(2), by which PostgreSQL checks its own programs, ignores the capabilities of a user other than root unless told.
  return [...user, ...capability, '--securebits=+no_setuid_fixup'];
}

export interface CommandOptions {
  account?: Account | undefined;
  /** Written to stdin, which is then closed. */
  input?: string;
  log?: (line: string) => void;
}

/** What a finished command left: `code` is null when a signal ended it; `lines` are stdout and stderr as they came. */
export interface CommandResult {
  code: number | null;
  lines: string[];
}

/** Runs a program to its end. Rejects only when it could not be started (ENOENT, EACCES). */
export type RunCommand = (program: string, args: string[], options?: CommandOptions) => Promise<CommandResult>;

export const runCommand: RunCommand = async (program, args, options = {}) => {
  const command = runAs(options.account, program, args);
  const child = spawn(command.file, command.args, { ...command.options, stdio: 'pipe' });
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      options.log?.(line);
    });
  }
  child.once('error', reject);
  child.once('close', (code) => resolve({ code, lines }));
  // A program that exits without reading breaks the pipe; its exit code is what tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return promise;
};
