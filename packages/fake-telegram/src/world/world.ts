/** The state of the fake: who exists, which chats there are, what was said. Everything else reads and changes this. */
import type {
  BotCommand,
  Chat,
  ChatInviteLink,
  ChatMember,
  ChatPermissions,
  Message,
  ReactionType,
  User,
  UserFromGetMe,
} from '@grammyjs/types';
import type { Clock } from '../clock.ts';
import type { Effect, RecordLogs } from './record.ts';
import type { UpdateQueue } from './updates.ts';

/** A group's or channel's id; a private chat is "<user id>:<bot id>", since every bot has its own with a user. */
export type ChatKey = number | `${number}:${number}`;

export type Permissions = Required<ChatPermissions>;

export interface Bot {
  token: string;
  /** As others see it. */
  user: User;
  /** As getMe shows it to itself. */
  me: UserFromGetMe;
  queue: UpdateQueue;
  /** By scope and language. */
  commands: Map<string, BotCommand[]>;
}

export interface StoredMessage {
  /** Never changed in place: an edit replaces it, so updates already queued keep what they said. */
  message: Message;
  /** The bot that sent it: it may edit it, gets its presses, and is not told about it. */
  botId?: number;
  edits: number;
  /** By the id of whose they are. */
  reactions: Record<number, ReactionType[]>;
  deletedAtMs?: number;
  deletedById?: number;
}

/** Somebody who waits to be let in. */
export interface JoinRequest {
  user: User;
  askedAtMs: number;
  bio?: string;
  inviteLink?: ChatInviteLink;
}

/** A topic of a forum. Nobody made "General". */
export interface Topic {
  name: string;
  iconColor: number;
  iconEmoji?: string;
  creatorId?: number;
  closed: boolean;
}

export interface ChatState {
  key: ChatKey;
  chat: Chat;
  permissions: Permissions;
  linkedChatId?: number;
  /** Of a basic group that is no more: the supergroup that it became. */
  migratedToId?: number;
  /** Whoever wants to join by themselves has to ask. */
  joinByRequest: boolean;
  joinRequests: Map<number, JoinRequest>;
  /** A private chat that the person has not opened yet: the bot may write while they wait to be let in somewhere. */
  unopened: boolean;
  /** A private chat whose bot was blocked by the person. */
  blocked: boolean;
  /** Last known status; read it through `memberOf`, which lets bans and restrictions run out. */
  members: Map<number, ChatMember>;
  /** Bots that are in the chat now. */
  bots: Set<Bot>;
  /** By id. */
  topics: Map<number, Topic>;
  /** The topic that every forum has. */
  general: Topic;
  bannedSenderChats: Set<number>;
  messages: Map<number, StoredMessage>;
  lastMessageId: number;
}

/** A pressed inline button, waiting for or with its answer. */
export interface Press {
  id: string;
  botId: number;
  userId: number;
  chatId: number;
  messageId: number;
  pressedAtMs: number;
  answeredAtMs?: number;
  answer?: { text?: string; showAlert: boolean; url?: string };
}

export interface World {
  clock: Clock;
  record: RecordLogs;
  /** Messages kept per chat; older ones are forgotten as if they had never been. */
  messagesMax: number;
  bots: Map<string, Bot>;
  users: Map<number, User>;
  chats: Map<ChatKey, ChatState>;
  presses: Map<string, Press>;
  pressCount: number;
}

export function createWorld(options: Pick<World, 'clock' | 'record' | 'messagesMax'>): World {
  return { ...options, bots: new Map(), users: new Map(), chats: new Map(), presses: new Map(), pressCount: 0 };
}

export const dateNow = (world: World): number => Math.floor(world.clock.now() / 1000);

export function botById(world: World, id: number): Bot | undefined {
  for (const bot of world.bots.values()) if (bot.user.id === id) return bot;
  return undefined;
}

export function recordEffect(world: World, effect: Omit<Effect, 'atMs'>): void {
  world.record.effects.push({ atMs: world.clock.now(), ...effect });
}
