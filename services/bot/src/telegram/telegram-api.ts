/**
 * The TelegramApi port: the documented Bot API methods that we call, and nothing else. Answers are trusted little:
 * callers read single fields and cope with their absence. Every rejection is a TelegramError.
 */
import type {
  Chat,
  ChatMember,
  InlineKeyboardMarkup,
  Message,
  Update,
  UserFromGetMe,
  WebhookInfo,
} from '@grammyjs/types';

export type { Chat, ChatMember, InlineKeyboardMarkup, Message, Update, UserFromGetMe };

export interface SendOptions {
  replyTo?: number;
  keyboard?: InlineKeyboardMarkup;
}

export interface TelegramApi {
  getMe(signal?: AbortSignal): Promise<UserFromGetMe>;
  getWebhookInfo(): Promise<WebhookInfo>;
  deleteWebhook(): Promise<void>;
  setWebhook(webhook: { url: string; secret: string; allowedUpdates: readonly AllowedUpdate[] }): Promise<void>;
  getUpdates(request: GetUpdates, signal: AbortSignal): Promise<Update[]>;
  getChat(chatId: number): Promise<{ linked_chat_id?: number | undefined }>;
  getChatAdministrators(chatId: number): Promise<ChatMember[]>;
  getChatMember(chatId: number, userId: number): Promise<ChatMember>;
  /** At most 100 ids; ids that are gone already are no error. */
  deleteMessages(chatId: number, messageIds: number[]): Promise<void>;
  deleteMessage(chatId: number, messageId: number): Promise<void>;
  /** `untilMs` in epoch ms; absent is for ever. */
  banChatMember(chatId: number, userId: number, untilMs?: number): Promise<void>;
  /** Only lifts a ban: a member who is present stays. */
  unbanChatMember(chatId: number, userId: number): Promise<void>;
  /** Takes away or gives back every permission. */
  restrictChatMember(chatId: number, userId: number, options: { mayTalk: boolean; untilMs?: number }): Promise<void>;
  banChatSenderChat(chatId: number, senderChatId: number): Promise<void>;
  unbanChatSenderChat(chatId: number, senderChatId: number): Promise<void>;
  sendMessage(chatId: number, text: string, options?: SendOptions): Promise<{ message_id: number }>;
  /** Leaves the message without a keyboard unless one is given. */
  editMessageText(
    chatId: number,
    messageId: number,
    options: { text: string; keyboard?: InlineKeyboardMarkup },
  ): Promise<void>;
  leaveChat(chatId: number): Promise<void>;
  answerCallbackQuery(id: string, options?: { text?: string; alert?: boolean }): Promise<void>;
  setMyCommands(commands: { command: string; description: string }[]): Promise<void>;
}

export interface GetUpdates {
  /** Confirms every update below it. */
  offset: number;
  limit: number;
  timeoutSeconds: number;
  allowedUpdates: readonly AllowedUpdate[];
}

export type AllowedUpdate = 'message' | 'edited_message' | 'callback_query' | 'my_chat_member' | 'chat_member';
