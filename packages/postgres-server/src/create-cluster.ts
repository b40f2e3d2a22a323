// The first start makes a cluster (PostgreSQL's word for a data folder) with one role and one database. All of it happens
// in a folder beside the final one and is renamed into place when complete, so whatever kills us in between leaves
// nothing that could be taken for a cluster. There is no psql in the npm package: `postgres --single` reads SQL from stdin.
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { PostgresServerError } from './postgres-server-error.ts';
import { runCommand, type Account } from './run-command.ts';

/** Name of the role, which is the superuser, and of the database. */
export const DATABASE = 'chatwarden';

const UNFINISHED = 'cluster.unfinished-';

/**
 * Clears away what killed attempts left. Called at every start: an initdb that outlived its killed owner writes on until
 * its next message finds nobody to read it, and what it writes after this call is left to the next start.
 */
export function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (!name.startsWith(UNFINISHED)) continue;
    try {
      rmSync(join(dataDir, name), { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

export interface ClusterPlan {
  clusterDir: string;
  /** Gets a new password; readable by its owner only. */
  passwordFile: string;
  binaries: Binaries;
  account: Account | undefined;
  log: (line: string) => void;
}

/** Makes the cluster at `clusterDir`, which must not exist. The caller holds the owner lock. */
export async function createCluster(plan: ClusterPlan): Promise<void> {
  const parent = dirname(plan.clusterDir);
  // A new name each time: an initdb that outlived its killed owner may still write into the old one.
  const unfinished = join(parent, `${UNFINISHED}${randomBytes(6).toString('hex')}`);
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(plan.passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flush: true });
  if (plan.account) {
    chownSync(unfinished, plan.account.uid, plan.account.gid);
    chownSync(plan.passwordFile, plan.account.uid, plan.account.gid);
  }
  try {
    await initialise(plan, unfinished);
    await createDatabase(plan, unfinished);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  renameSync(unfinished, plan.clusterDir);
  syncFolder(parent);
}

/** The built-in C.UTF-8 locale sorts and folds alike on every system, whatever locales are installed there. */
async function initialise({ binaries, account, passwordFile, log }: ClusterPlan, folder: string): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${DATABASE}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const args = [`--pgdata=${folder}`, ...access, ...locale, '--no-instructions'];
  requireSuccess('initdb', await runCommand(binaries.initdb, args, { account, log }));
}

async function createDatabase({ binaries, account, log }: ClusterPlan, folder: string): Promise<void> {
  // Without exit_on_error a failed statement in single-user mode still ends with code 0.
  const settings = ['-c', 'exit_on_error=on', '-c', 'log_checkpoints=off'];
  const args = ['--single', '-D', folder, ...settings, 'postgres'];
  const input = `CREATE DATABASE ${DATABASE};\n`;
  requireSuccess('postgres --single', await runCommand(binaries.postgres, args, { account, input, log }));
}

function requireSuccess(program: string, { code, lines }: { code: number | null; lines: string[] }): void {
  if (code === 0) return;
  throw new PostgresServerError(
    'setup-failed',
    `${program} failed (${code === null ? 'killed' : `code ${code}`}); it said:\n${lines.slice(-20).join('\n')}`,
  );
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
