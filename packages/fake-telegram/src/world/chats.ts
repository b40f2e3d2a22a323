/** Making and finding bots, people and chats. */
import type { Chat, User } from '@grammyjs/types';
import { GROUP_DEFAULTS } from './rights.ts';
import { createUpdateQueue } from './updates.ts';
import type { Bot, ChatKey, ChatState, Permissions, World } from './world.ts';

/** Any start will do; a telling one helps to see a message id and an update id apart. */
const FIRST_UPDATE_ID = 100_000_001;

export interface NewBot {
  /** "<bot id>:<secret>", as BotFather gives it. */
  token: string;
  username?: string;
  firstName?: string;
  /** On by default, as with BotFather: the bot hears only what is meant for it, unless it is an administrator. */
  privacyMode?: boolean;
}

export function createBot(world: World, { token, username, firstName, privacyMode = true }: NewBot): Bot {
  const id = Number(token.split(':')[0]);
  const user = { id, is_bot: true as const, first_name: firstName ?? 'Bot', username: username ?? `fake_${id}_bot` };
  const me = {
    ...user,
    can_join_groups: true,
    can_read_all_group_messages: !privacyMode,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
  const bot = { token, user, me, queue: createUpdateQueue(FIRST_UPDATE_ID), commands: new Map() };
  world.bots.set(token, bot);
  world.users.set(id, user);
  return bot;
}

export interface NewChat {
  type: 'group' | 'supergroup' | 'channel';
  title: string;
  owner: User;
  id?: number;
  username?: string;
  /** For a discussion group its channel, for a channel its discussion group; the other side is linked too. */
  linkedChatId?: number;
  permissions?: Partial<Permissions>;
  /** Whoever wants to join by themselves has to ask; for supergroups. */
  joinByRequest?: boolean;
  /** With topics; for supergroups. */
  forum?: boolean;
}

export function createChat(world: World, options: NewChat): ChatState {
  const { type, title, owner, username, linkedChatId } = options;
  const id = options.id ?? freeChatId(world, type);
  const forum = type === 'supergroup' && options.forum ? { is_forum: true } : {};
  const chat = { id, type, title, ...(username ? { username } : {}), ...forum } as Chat;
  const state = openChat(world, { key: id, chat, permissions: { ...GROUP_DEFAULTS, ...options.permissions } });
  state.joinByRequest = options.joinByRequest ?? false;
  state.members.set(owner.id, { status: 'creator', user: owner, is_anonymous: false });
  if (linkedChatId !== undefined) {
    state.linkedChatId = linkedChatId;
    const other = world.chats.get(linkedChatId);
    if (other) other.linkedChatId = id;
  }
  return state;
}

/** The supergroup that a basic group becomes: the same people with the same rights, and no message yet. */
export function openSuccessor(world: World, group: ChatState): ChatState {
  const id = freeChatId(world, 'supergroup');
  const chat: Chat = { id, type: 'supergroup', title: group.chat.title ?? '' };
  const state = openChat(world, { key: id, chat, permissions: group.permissions });
  for (const [userId, member] of group.members) state.members.set(userId, member);
  return state;
}

/** A person's chat with a bot. */
export function openPrivateChat(world: World, user: User, bot: Bot): ChatState {
  const key: ChatKey = `${user.id}:${bot.user.id}`;
  const known = world.chats.get(key);
  if (known) return known;
  const { id, first_name, last_name, username } = user;
  const names = { ...(last_name ? { last_name } : {}), ...(username ? { username } : {}) };
  const state = openChat(world, {
    key,
    chat: { id, type: 'private', first_name, ...names },
    permissions: GROUP_DEFAULTS,
  });
  state.bots.add(bot);
  return state;
}

function openChat(world: World, seed: Pick<ChatState, 'key' | 'chat' | 'permissions'>): ChatState {
  const state: ChatState = {
    ...seed,
    members: new Map(),
    bots: new Set(),
    topics: new Map(),
    general: { name: 'General', iconColor: 0, closed: false },
    bannedSenderChats: new Set(),
    joinByRequest: false,
    joinRequests: new Map(),
    unopened: false,
    blocked: false,
    messages: new Map(),
    lastMessageId: 0,
  };
  world.chats.set(seed.key, state);
  return state;
}

/** Supergroups and channels have ids below -1000000000000, basic groups above. */
function freeChatId(world: World, type: NewChat['type']): number {
  const base = type === 'group' ? -4_000_000_001 : -1_001_000_000_001;
  let id = base - world.chats.size;
  while (world.chats.has(id)) id -= 1;
  return id;
}
