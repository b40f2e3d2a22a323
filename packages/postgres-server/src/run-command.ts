import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The system user that PostgreSQL's programs run under; undefined means: our own, which is not root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Nothing of our own environment: PGDATA, PGPORT or a locale set there would change what the programs do and print. */
export const PROGRAM_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' };

/** Spawn options that make a program run under the account, in a folder that every user can enter. */
export function runAs(account: Account | undefined) {
  return { env: PROGRAM_ENVIRONMENT, cwd: '/', ...(account && { uid: account.uid, gid: account.gid }) };
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
  const child = spawn(program, args, { ...runAs(options.account), stdio: 'pipe' });
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
