/**
 * Turns the chat of an update into a group of ours. Known groups are answered from memory, so that PostgreSQL being
 * away stops no known chat here; a chat seen for the first time is written down before its first event.
 */
import type { Group, GroupId, GroupPolicy, Key, KeyProvider, Revision } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { Groups, Purges } from '@chatwarden/store';
import { LRUCache } from 'lru-cache';
import { eraseGroup, wasDestroyed } from '../privacy/erase-group.ts';
import type { Chat } from '../telegram/telegram-api.ts';

export interface KnownGroup {
  group: Group;
  /** The settings that know this group, at least. */
  revision: Revision;
  keys: { digest: Key; pseudonym: Key };
}

export interface EnsureGroup {
  /** Null for a chat that is not ours to moderate; said once per chat. */
  ensure(chat: Chat): Promise<KnownGroup | null>;
  migrate(fromChatId: number, toChatId: number): Promise<void>;
  /** The bot has left: what is still on its way from that chat is of no group, until `returned`. */
  left(chatId: number): void;
  returned(chatId: number): void;
  /** The group was erased, maybe by another process: its chat's next message makes a new one. */
  forget(groupId: GroupId): void;
}

export interface EnsureGroupDeps {
  groups: Groups;
  purges: Pick<Purges, 'eraseGroup'>;
  keys: KeyProvider;
  botId: number;
  firstPolicy: GroupPolicy;
  /** Empty: every chat. */
  allowedChats: ReadonlySet<number>;
  log: Logger;
  onNewGroup: (known: KnownGroup) => Promise<void>;
}

const GROUPS_MAX = 50_000;

export function createEnsureGroup(deps: EnsureGroupDeps): EnsureGroup {
  const known = new LRUCache<number, KnownGroup | 'refused' | 'left'>({ max: GROUPS_MAX });

  function refuse(chat: Chat, why: string): null {
    known.set(chat.id, 'refused');
    deps.log.warn({ chatId: chat.id, title: chat.title }, why);
    return null;
  }

  async function ensure(chat: Chat): Promise<KnownGroup | null> {
    if (chat.type !== 'group' && chat.type !== 'supergroup') return null;
    const former = known.get(chat.id);
    if (former === 'refused' || former === 'left') return null;
    if (former && former.group.title === chat.title && former.group.type === chat.type) return former;
    if (deps.allowedChats.size > 0 && !deps.allowedChats.has(chat.id)) {
      return refuse(chat, 'ignoring a chat that ALLOWED_CHATS does not name');
    }
    const answer = await find(chat, chat.type);
    if (!answer) return refuse(chat, 'ignoring a group that another bot of this installation moderates');
    const { isNew, ...now } = answer;
    if (isNew) await deps.onNewGroup(now);
    known.set(chat.id, now);
    return now;
  }

  /** Null for another bot's group. One whose keys are gone was erased, and is made anew. */
  async function find(chat: Chat, type: Group['type']): Promise<(KnownGroup & { isNew: boolean }) | null> {
    const { id: chatId, title = '', username } = chat;
    const seen = { botId: deps.botId, chatId, type, title, ...(username ? { username } : {}) };
    const answer = await deps.groups.ensureGroup(seen, deps.firstPolicy);
    if (!answer) return null;
    const { groupId } = answer.group;
    try {
      const digest = await deps.keys.key(groupId, 'digest');
      return { ...answer, keys: { digest, pseudonym: await deps.keys.key(groupId, 'pseudonym') } };
    } catch (error) {
      wasDestroyed(error);
      await eraseGroup(groupId, deps);
      return find(chat, type);
    }
  }

  async function migrate(fromChatId: number, toChatId: number): Promise<void> {
    await deps.groups.migrateChat(deps.botId, fromChatId, toChatId);
    known.delete(fromChatId);
    known.delete(toChatId);
  }

  function left(chatId: number): void {
    known.set(chatId, 'left');
  }

  function returned(chatId: number): void {
    if (known.get(chatId) === 'left') known.delete(chatId);
  }

  function forget(groupId: GroupId): void {
    for (const [chatId, one] of known.entries()) {
      if (typeof one === 'object' && one.group.groupId === groupId) known.delete(chatId);
    }
  }

  return { ensure, migrate, left, returned, forget };
}
