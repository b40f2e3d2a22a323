/**
 * People who talk in busy groups of a simulated Telegram that lives in this process and keeps the record. Who moderates
 * them is somebody else's matter.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createFakeTelegram, type FakeTelegram } from '@chatwarden/fake-telegram';
import { honestTalk } from './honest-talk.ts';

export interface Said {
  chatId: number;
  messageId: number;
  senderId: number;
  spam: boolean;
  /** Epoch ms. */
  atMs: number;
}

export const TOKEN = '4711:chaos-token-of-the-fake';
export const BOT_ID = 4711;
/** So many updates may wait at Telegram before people fall silent. */
const WAITING_MAX = 1500;
export const LOOK_EVERY_MS = 20;

export interface People {
  fake: FakeTelegram;
  apiRoot: string;
  /** The first group. */
  chat: number;
  owner: number;
  said: Said[];
  /** Says the next messages, some of them spam, each by somebody new. `perSecond` absent: as fast as they are taken. */
  talk(count: number, perSecond?: number): Promise<void>;
  /** Updates that were confirmed so far. */
  confirmed(): number;
  /** Updates that Telegram still has. */
  waiting(): number;
  /** The longest time so far in which updates waited and none was confirmed. */
  longestSilenceMs(): number;
  /** Begins that anew. */
  forgetSilence(): void;
  close(): Promise<void>;
}

export interface PeopleOptions {
  /** Groups that they talk in, in turns. */
  chats?: number;
  /** Share of messages that are spam. */
  spam?: number;
}

export async function gatherPeople({ chats = 1, spam: share = 0.1 }: PeopleOptions = {}): Promise<People> {
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
    said.push({ chatId, messageId, senderId, spam, atMs: Date.now() });
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

  return {
    fake,
    apiRoot,
    chat,
    owner,
    said,
    talk,
    confirmed: watch.confirmed,
    waiting: watch.waiting,
    longestSilenceMs: watch.longestSilenceMs,
    forgetSilence: watch.forgetSilence,
    close: async () => {
      watch.stop();
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
