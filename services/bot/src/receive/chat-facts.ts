/**
 * What Telegram says of a chat besides its messages: administrators, the linked channel, our own rights. Read when a
 * chat is first met and again when it grows old or an update says that it changed. A chat whose facts cannot be read
 * is moderated all the same, with roles `unknown`: Telegram itself refuses sanctions against administrators.
 */
import type { Clock, Millis } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import { nameKeysOf, type NameKeys } from '@chatwarden/detector';
import { LRUCache } from 'lru-cache';
import { rightsOf, type BotRights } from '../rights/bot-rights.ts';
import type { ChatMember, TelegramApi } from '../telegram/telegram-api.ts';
import { fullName } from './to-origin.ts';

export interface ChatFacts {
  /** Null when they could not be read. */
  administrators: ReadonlyMap<number, 'administrator' | 'creator'> | null;
  /** What the administrators are called, to know who poses as one. */
  administratorNames?: readonly NameKeys[];
  linkedChatId?: number;
  rights: BotRights | null;
}

const FRESH_MS = 600_000;
/** After a failed reading: soon enough to recover, seldom enough not to hammer a struggling server. */
const RETRY_MS = 30_000;
const CHATS_MAX = 10_000;

const GONE: BotRights = { present: false, administrator: false, mayDelete: false, mayRestrict: false };

interface Entry {
  facts: ChatFacts;
  staleAt: Millis;
}

export interface ChatFactsSource {
  factsOf(chatId: number): Promise<ChatFacts>;
  /** The next factsOf reads again. */
  forget(chatId: number): void;
  /** The bot is not in the chat any more: there is nothing to read. */
  gone(chatId: number): void;
}

export interface ChatFactsDeps {
  api: Pick<TelegramApi, 'getChat' | 'getChatAdministrators' | 'getChatMember'>;
  botId: number;
  clock: Clock;
  log: Logger;
  /** Told when the bot's rights in a chat are first read, and when they change. */
  onRights: (chatId: number, rights: BotRights) => void;
}

export function createChatFacts({ api, botId, clock, log, onRights }: ChatFactsDeps): ChatFactsSource {
  const entries = new LRUCache<number, Entry>({ max: CHATS_MAX });
  const reading = new Map<number, Promise<ChatFacts>>();

  async function read(chatId: number): Promise<ChatFacts> {
    const former = entries.peek(chatId)?.facts;
    const [administrators, chat, own] = await Promise.allSettled([
      api.getChatAdministrators(chatId),
      api.getChat(chatId),
      api.getChatMember(chatId, botId),
    ]);
    const failed = [administrators, chat, own].find((result) => result.status === 'rejected');
    if (failed) log.warn({ err: failed.reason, chatId }, 'could not read all facts of a chat; trying again in 30 s');
    const linked = chat.status === 'fulfilled' ? chat.value.linked_chat_id : former?.linkedChatId;
    const names = administrators.status === 'fulfilled' ? namesOf(administrators.value) : former?.administratorNames;
    const facts: ChatFacts = {
      administrators:
        administrators.status === 'fulfilled' ? roles(administrators.value) : (former?.administrators ?? null),
      rights: own.status === 'fulfilled' ? rightsOf(own.value) : (former?.rights ?? null),
      ...(names === undefined ? {} : { administratorNames: names }),
      ...(linked === undefined ? {} : { linkedChatId: linked }),
    };
    keep(chatId, facts, clock.now() + (failed ? RETRY_MS : FRESH_MS));
    return facts;
  }

  function keep(chatId: number, facts: ChatFacts, staleAt: Millis): void {
    const former = entries.peek(chatId)?.facts;
    entries.set(chatId, { facts, staleAt });
    if (facts.rights && JSON.stringify(facts.rights) !== JSON.stringify(former?.rights)) onRights(chatId, facts.rights);
  }

  function factsOf(chatId: number): Promise<ChatFacts> {
    const entry = entries.get(chatId);
    if (entry && entry.staleAt > clock.now()) return Promise.resolve(entry.facts);
    const running = reading.get(chatId);
    if (running) return running;
    const started = read(chatId).finally(() => reading.delete(chatId));
    reading.set(chatId, started);
    return started;
  }

  function forget(chatId: number): void {
    const entry = entries.peek(chatId);
    if (entry) entries.set(chatId, { ...entry, staleAt: 0 });
  }

  function gone(chatId: number): void {
    keep(chatId, { administrators: null, rights: GONE }, clock.now() + FRESH_MS);
  }

  return { factsOf, forget, gone };
}

function roles(members: readonly ChatMember[]): Map<number, 'administrator' | 'creator'> {
  const known = members.filter((member) => member.status === 'creator' || member.status === 'administrator');
  return new Map(known.map((member) => [member.user.id, member.status as 'administrator' | 'creator']));
}

/** Bots that help in a group are called anything; nobody gains by posing as one. */
function namesOf(members: readonly ChatMember[]): NameKeys[] {
  return members
    .filter(({ user }) => !user.is_bot)
    .map(({ user }) => nameKeysOf({ name: fullName(user), username: user.username }));
}
