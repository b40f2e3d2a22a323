/**
 * Turns the chat of an update into a group of ours. Known groups are answered from memory, so that PostgreSQL being
 * away stops no known chat here; a chat seen for the first time is written down before its first event.
 */
import type { Group, GroupPolicy, Key, KeyProvider, Revision } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { Groups } from '@chatwarden/store';
import { LRUCache } from 'lru-cache';
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
}

export interface EnsureGroupDeps {
  groups: Groups;
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
  const known = new LRUCache<number, KnownGroup | 'refused'>({ max: GROUPS_MAX });

  function refuse(chat: Chat, why: string): null {
    known.set(chat.id, 'refused');
    deps.log.warn({ chatId: chat.id, title: chat.title }, why);
    return null;
  }

  async function ensure(chat: Chat): Promise<KnownGroup | null> {
    if (chat.type !== 'group' && chat.type !== 'supergroup') return null;
    const former = known.get(chat.id);
    if (former === 'refused') return null;
    if (former && former.group.title === chat.title && former.group.type === chat.type) return former;
    if (deps.allowedChats.size > 0 && !deps.allowedChats.has(chat.id)) {
      return refuse(chat, 'ignoring a chat that ALLOWED_CHATS does not name');
    }
    const answer = await deps.groups.ensureGroup(
      {
        botId: deps.botId,
        chatId: chat.id,
        type: chat.type,
        title: chat.title ?? '',
        ...(chat.username ? { username: chat.username } : {}),
      },
      deps.firstPolicy,
    );
    if (!answer) return refuse(chat, 'ignoring a group that another bot of this installation moderates');
    const { groupId } = answer.group;
    const [digest, pseudonym] = await Promise.all([
      deps.keys.key(groupId, 'digest'),
      deps.keys.key(groupId, 'pseudonym'),
    ]);
    const now: KnownGroup = { group: answer.group, revision: answer.revision, keys: { digest, pseudonym } };
    if (answer.isNew) await deps.onNewGroup(now);
    known.set(chat.id, now);
    return now;
  }

  async function migrate(fromChatId: number, toChatId: number): Promise<void> {
    await deps.groups.migrateChat(deps.botId, fromChatId, toChatId);
    known.delete(fromChatId);
    known.delete(toChatId);
  }

  return { ensure, migrate };
}
