// An embedded PostgreSQL: a real server as our child process, its data in a folder. The data folder holds `cluster`
// (PostgreSQL's own data), `password` and `owner.<n>.lock`, which names the process that owns the folder. The lock is held
// from before anything of the data is touched until the server has exited.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAccount } from './account.ts';
import { locateBinaries, majorVersion, type Binaries } from './binaries.ts';
import { letThrough } from './closed-folders.ts';
import { createCluster, DATABASE, removeUnfinished } from './create-cluster.ts';
import { folderAbove, prepareDataFolder } from './data-folder.ts';
import { launchUntilReady } from './launch-until-ready.ts';
import { acquireOwnerLock, type OwnerLock } from './owner-lock.ts';
import { PostgresServerError } from './postgres-server-error.ts';
import type { Account } from './run-command.ts';
import type { Exit, ServerProcess } from './server-process.ts';
import { stopOrphan } from './stop-orphan.ts';

export interface StartPostgresOptions {
  /** Made if need be; holds nothing but the server's data, and is used by one process at a time. */
  dataDir: string;
  /** On 127.0.0.1. 0 or absent: a free one. */
  port?: number;
  /** Gets each line that the server and its tools print. */
  log?: (line: string) => void;
  /** Server settings by their PostgreSQL names, over our own for small machines. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  /** `postgres://user:password@127.0.0.1:port/chatwarden`; the user may do everything in this server. */
  url: string;
  port: number;
  pid: number;
  /** Ends all sessions, writes everything down and waits for the exit; by force after 10 s. Harmless when repeated. */
  stop(): Promise<void>;
  /** Resolves when the server has ended, by `stop` or by itself; from then on the folder is free. */
  exited: Promise<Exit>;
}

/** Starts the server, making its data on the first start. Rejects with a {@link PostgresServerError}. */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  const log = options.log ?? (() => undefined);
  const binaries = await locateBinaries();
  const chosen = await chooseAccount({ clusterDir: join(options.dataDir, 'cluster'), uid: process.getuid?.() ?? -1 });
  const paths = [binaries.postgres, folderAbove(options.dataDir)];
  const account = await letThrough({ account: chosen, paths, log });
  const major = await majorVersion(binaries.postgres, account);
  const dataDir = await prepareDataFolder(options.dataDir, account);
  const lock = acquireOwnerLock(dataDir);
  try {
    const { clusterDir, password } = await prepareCluster({ dataDir, binaries, account, major, log });
    const { port = 0, settings = {} } = options;
    const launched = await launchUntilReady({ program: binaries.postgres, clusterDir, account, log, port, settings });
    const url = `postgres://${DATABASE}:${password}@127.0.0.1:${launched.port}/${DATABASE}`;
    return { url, port: launched.port, ...holdUntilExit(launched.server, lock) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Preparation {
  dataDir: string;
  binaries: Binaries;
  account: Account | undefined;
  /** Of the programs. */
  major: string;
  log: (line: string) => void;
}

/** Leaves a complete cluster of our version on which no server runs. */
async function prepareCluster({ dataDir, binaries, account, major, log }: Preparation) {
  const clusterDir = join(dataDir, 'cluster');
  const passwordFile = join(dataDir, 'password');
  removeUnfinished(dataDir);
  if (existsSync(clusterDir)) {
    requireVersion(clusterDir, major);
    requirePassword(passwordFile);
    await stopOrphan({ clusterDir, log });
  } else {
    await createCluster({ clusterDir, passwordFile, binaries, account, log });
  }
  return { clusterDir, password: readFileSync(passwordFile, 'utf8').trim() };
}

function requireVersion(clusterDir: string, major: string): void {
  const file = join(clusterDir, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found === major) return;
  const what = found === undefined ? 'holds no PostgreSQL data' : `was made by PostgreSQL ${found}`;
  throw new PostgresServerError(
    'wrong-version',
    `The folder ${clusterDir} ${what}, and this is PostgreSQL ${major}. Use the release of this program that made it, ` +
      'or choose another data folder.',
  );
}

function requirePassword(passwordFile: string): void {
  if (existsSync(passwordFile)) return;
  throw new PostgresServerError(
    'start-failed',
    `The file ${passwordFile} is missing, without which nobody can log in to the data beside it. Put it back.`,
  );
}

function holdUntilExit(server: ServerProcess, lock: OwnerLock): Pick<RunningPostgres, 'pid' | 'stop' | 'exited'> {
  const exited = server.exited.then((exit) => {
    lock.release();
    return exit;
  });
  const stop = async () => {
    await server.stop();
    await exited;
  };
  return { pid: server.pid, stop, exited };
}
