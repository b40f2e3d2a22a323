// PostgreSQL refuses to run as root. Under root its programs run under a system user: the one that owns the data already,
// else `postgres` where a system has it, else one of our own that is made on the first start.
import { statSync, type Stats } from 'node:fs';
import { PostgresServerError } from './postgres-server-error.ts';
import { runCommand, type Account, type RunCommand } from './run-command.ts';

const OWN_ACCOUNT = 'chatwarden-postgres';
const CREATE_OWN = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_ACCOUNT];

export interface AccountChoice {
  /** The PostgreSQL data, which need not exist yet. */
  clusterDir: string;
  /** Our own user id; 0 is root. */
  uid: number;
  run?: RunCommand;
}

/** The account to run PostgreSQL under, or undefined for our own when we are not root. */
export async function chooseAccount({
  clusterDir,
  uid,
  run = runCommand,
}: AccountChoice): Promise<Account | undefined> {
  const owner = statIfReachable(clusterDir);
  if (uid !== 0) {
    if (owner !== undefined && owner.uid !== uid) throw belongsToAnother(clusterDir, owner.uid);
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return { name: `#${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const account = (await find('postgres', run)) ?? (await find(OWN_ACCOUNT, run)) ?? (await create(run));
  // Root owns the data after a restore from a backup, for example.
  if (owner !== undefined) await run('chown', ['-R', `${account.uid}:${account.gid}`, clusterDir]);
  return account;
}

/** What can't be reached is reported later, by the check of the data folder. */
function statIfReachable(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

async function find(name: string, run: RunCommand): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { name, uid: Number(uid.lines[0]), gid: Number(gid.lines[0]) };
}

async function create(run: RunCommand): Promise<Account> {
  const outcome = await run('useradd', CREATE_OWN).catch((error: Error) => ({ code: 1, lines: [error.message] }));
  const account = outcome.code === 0 ? await find(OWN_ACCOUNT, run) : undefined;
  if (account !== undefined) return account;
  throw new PostgresServerError(
    'no-account',
    'PostgreSQL does not run as root, and there is no system user to run it under. ' +
      `Run "useradd ${CREATE_OWN.join(' ')}" (failed here: ${outcome.lines.join(' ')}), ` +
      'or start this program as a user other than root.',
  );
}

function belongsToAnother(clusterDir: string, uid: number): PostgresServerError {
  return new PostgresServerError(
    'folder-not-usable',
    `The PostgreSQL data in ${clusterDir} belongs to user ${uid}. Run as that user or as root, or choose another data folder.`,
  );
}
