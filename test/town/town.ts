/** People of a simulated Telegram, and a standalone that moderates them in a process of its own, to be disturbed and measured. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@chatwarden/daemon';
import { freePort } from '@chatwarden/postgres-server';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { gatherPeople, LOOK_EVERY_MS, TOKEN, type People, type PeopleOptions } from './people.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Town extends People {
  start(): void;
  /** Process id of standalone, once it was started. */
  pid(): number | undefined;
  /** Resolves when the process has ended. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** The database of the running standalone. */
  openStore(): Promise<PostgresStore>;
  postgresPid(): number;
  /** Waits until some update is confirmed that was not before. */
  untilServed(): Promise<void>;
  readVerdicts(): Promise<Set<number>>;
}

export interface TownOptions extends PeopleOptions {
  dataDir: string;
  /** Another checkout of the project, to compare with. */
  checkout?: string;
  /** How Telegram delivers. */
  receive?: 'poll' | 'webhook';
  /** Every verdict into the journal, so that `readVerdicts` misses none. */
  journalAll?: boolean;
  /** Options of Node for standalone, such as a profiler's. */
  nodeArgs?: readonly string[];
}

export async function buildTown(options: TownOptions): Promise<Town> {
  const { dataDir, checkout = ROOT, receive = 'poll', nodeArgs = [], journalAll = false } = options;
  const people = await gatherPeople(options);
  const apiPort = await freePort();
  const env = {
    ...process.env,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: people.apiRoot,
    DEFAULT_MODE: 'enforce',
    DATA_DIR: dataDir,
    PORT: String(apiPort),
    INGEST_PORT: '0',
    HEALTH_PORT: '0',
    LOG_LEVEL: 'error',
    ...(journalAll ? { JOURNAL_SAMPLE: 'all' } : {}),
    ...(receive === 'webhook' ? await webhookEnv() : {}),
  };
  let child: ChildProcess | undefined;

  function start(): void {
    const bin = join(checkout, 'services/standalone/bin/chatwarden.mjs');
    child = spawn(process.execPath, [...nodeArgs, bin, 'run'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async function untilServed(): Promise<void> {
    const before = people.confirmed();
    while (people.confirmed() === before) {
      if (child?.exitCode) throw new Error(`standalone ended by itself, with exit code ${child.exitCode}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  const [pidFile, passwordFile] = [
    join(dataDir, 'postgres/cluster/postmaster.pid'),
    join(dataDir, 'postgres/password'),
  ];
  const pidLine = (line: number) => readFileSync(pidFile, 'utf8').split('\n')[line]?.trim() ?? '';

  return {
    ...people,
    start,
    pid: () => child?.pid,
    end,
    openStore: () => {
      const url = `postgres://chatwarden:${readFileSync(passwordFile, 'utf8').trim()}@127.0.0.1:${pidLine(3)}/chatwarden`;
      return openStore({ url, clock: systemClock(), poolMax: 2 });
    },
    postgresPid: () => Number(pidLine(0)),
    untilServed,
    readVerdicts: () => readVerdicts(`http://localhost:${apiPort}/api/v1`),
    close: async () => {
      await end('SIGTERM');
      await people.close();
    },
  };
}

async function webhookEnv() {
  const port = await freePort();
  return { WEBHOOK_URL: `http://127.0.0.1:${port}`, WEBHOOK_PORT: String(port), WEBHOOK_HOST: '127.0.0.1' };
}

async function readVerdicts(api: string): Promise<Set<number>> {
  const get = async (path: string) => (await fetch(`${api}/${path}`)).json();
  const { groups } = (await get('groups')) as { groups: { groupId: string }[] };
  const verdicts = new Set<number>();
  let cursor = '';
  do {
    const path = `groups/${groups[0]?.groupId}/verdicts?limit=200${cursor && `&cursor=${cursor}`}`;
    const page = (await get(path)) as { verdicts: { messageId?: number }[]; cursor?: string };
    for (const { messageId } of page.verdicts) if (messageId !== undefined) verdicts.add(messageId);
    cursor = page.cursor ?? '';
  } while (cursor);
  return verdicts;
}
