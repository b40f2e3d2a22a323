/**
 * A busy chat of a simulated Telegram that lives in this process and keeps the record, and a standalone that moderates
 * it in a process of its own, to be disturbed and measured.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@chatwarden/daemon';
import { createFakeTelegram, type FakeTelegram } from '@chatwarden/fake-telegram';
import { freePort } from '@chatwarden/postgres-server';
import { openStore, type PostgresStore } from '@chatwarden/store';

import { honestTalk } from './honest-talk.ts';

export interface Said {
  chatId: number;
  messageId: number;
  senderId: number;
  spam: boolean;
}

export const TOKEN = '4711:chaos-token-of-the-fake';
export const BOT_ID = 4711;
const ROOT = join(import.meta.dirname, '../..');
/** So many updates may wait at Telegram before people fall silent. */
const WAITING_MAX = 1500;
const LOOK_EVERY_MS = 20;

export interface Town {
  fake: FakeTelegram;
  chat: number;
  owner: number;
  said: Said[];
  /** Says the next messages, some of them spam, each by somebody new. `perSecond` absent: as fast as they are taken. */
  talk(count: number, perSecond?: number): Promise<void>;
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
  /** Updates that Telegram still has. */
  waiting(): number;
  /** The longest time so far in which updates waited and none was confirmed. */
  longestSilenceMs(): number;
  /** Begins that anew. */
  forgetSilence(): void;
  readVerdicts(): Promise<Set<number>>;
  close(): Promise<void>;
}

export interface TownOptions {
  dataDir: string;
  /** Another checkout of the project, to compare with. */
  checkout?: string;
  /** How Telegram delivers. */
  receive?: 'poll' | 'webhook';
  /** Every verdict into the journal, so that `readVerdicts` misses none. */
  journalAll?: boolean;
  /** Options of Node for standalone, such as a profiler's. */
  nodeArgs?: readonly string[];
  /** Groups that people talk in, in turns. */
  chats?: number;
  /** Share of messages that are spam. */
  spam?: number;
}

export async function buildTown(options: TownOptions): Promise<Town> {
  const {
    dataDir,
    checkout = ROOT,
    receive = 'poll',
    spam: share = 0.1,
    nodeArgs = [],
    journalAll = false,
    chats = 1,
  } = options;
  const bots = [{ token: TOKEN, username: 'chaos_bot' }];
  const fake = createFakeTelegram({ limits: 'none', bots, recordMax: 2_000_000 });
  const { apiRoot } = await fake.listen({ port: 0 });
  const { human } = fake;
  const owner = human.addUser({ first_name: 'Olga' }).id;
  const rights = { can_delete_messages: true, can_restrict_members: true };
  const groups = Array.from({ length: chats }, (_, n) => {
    const chat = human.addChat({ type: 'supergroup', title: `Town ${n}`, owner }) as number;
    human.promote({ chat, user: BOT_ID, by: owner, rights });
    return chat;
  });
  const [chat = 0] = groups;
  const members = Array.from({ length: 300 }, (_, n) => human.addUser({ first_name: `Member ${n}` }).id);
  for (const user of members) for (const group of groups) human.join({ chat: group, user });
  const said: Said[] = [];
  const apiPort = await freePort();
  const env = {
    ...process.env,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: apiRoot,
    DEFAULT_MODE: 'enforce',
    DATA_DIR: dataDir,
    PORT: String(apiPort),
    HEALTH_PORT: '0',
    LOG_LEVEL: 'error',
    ...(journalAll ? { JOURNAL_SAMPLE: 'all' } : {}),
    ...(receive === 'webhook' ? await webhookEnv() : {}),
  };
  let child: ChildProcess | undefined;
  const watch = watchDeliveries(fake);

  function say(n: number): void {
    const spam = Math.floor(n * share) !== Math.floor((n + 1) * share);
    const senderId = spam ? human.addUser({ first_name: `Spammer ${n}` }).id : (members[n % members.length] as number);
    const chatId = groups[n % groups.length] as number;
    if (spam) human.join({ chat: chatId, user: senderId });
    const text = spam
      ? `FREE CASINO BONUS ${n}$ for every new player, no deposit, write me now t.me/lucky_bonus_bot`
      : honestTalk(n);
    const messageId = human.talk({ chat: chatId, from: senderId, message: { text } }).message_id;
    said.push({ chatId, messageId, senderId, spam });
  }

  async function talk(count: number, perSecond = Infinity): Promise<void> {
    const began = performance.now();
    for (let n = 0; n < count; n += 1) {
      say(said.length);
      if (perSecond === Infinity) await notTooFarAhead(n);
      else await inTime(began + (n / perSecond) * 1000);
    }
  }

  async function notTooFarAhead(n: number): Promise<void> {
    if (n % 50 !== 0) return;
    while (watch.waiting() > WAITING_MAX) await sleep(5);
  }

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
    const before = watch.confirmed();
    while (watch.confirmed() === before) {
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
    fake,
    chat,
    owner,
    said,
    talk,
    start,
    pid: () => child?.pid,
    end,
    openStore: () => {
      const url = `postgres://chatwarden:${readFileSync(passwordFile, 'utf8').trim()}@127.0.0.1:${pidLine(3)}/chatwarden`;
      return openStore({ url, clock: systemClock(), poolMax: 2 });
    },
    postgresPid: () => Number(pidLine(0)),
    untilServed,
    waiting: watch.waiting,
    longestSilenceMs: watch.longestSilenceMs,
    forgetSilence: watch.forgetSilence,
    readVerdicts: () => readVerdicts(`http://localhost:${apiPort}/api/v1`),
    close: async () => {
      watch.stop();
      await end('SIGTERM');
      await fake.close();
    },
  };
}

/** Sleeping for less than this is not worth the while. */
const SLEEP_MIN_MS = 5;

async function inTime(dueAt: number): Promise<void> {
  const aheadMs = dueAt - performance.now();
  if (aheadMs > SLEEP_MIN_MS) await sleep(aheadMs);
}

async function webhookEnv() {
  const port = await freePort();
  return { WEBHOOK_URL: `http://127.0.0.1:${port}`, WEBHOOK_PORT: String(port), WEBHOOK_HOST: '127.0.0.1' };
}

function watchDeliveries({ record: { deliveries } }: FakeTelegram) {
  let first = 0;
  let silentSince = performance.now();
  let longest = 0;

  function confirmed(): number {
    while (first < deliveries.length && deliveries[first]?.confirmedAtMs !== undefined) first += 1;
    return first;
  }
  function look(): void {
    const before = first;
    const now = performance.now();
    if (confirmed() > before || first === deliveries.length) silentSince = now;
    longest = Math.max(longest, now - silentSince);
  }
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    confirmed,
    waiting: () => deliveries.length - confirmed(),
    longestSilenceMs: () => longest,
    forgetSilence: () => (longest = 0),
    stop: () => clearInterval(timer),
  };
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
