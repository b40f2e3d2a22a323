/** TelegramApi through grammY's client. The only file that knows grammY. */
import { Api, GrammyError, HttpError } from 'grammy';
import type { ChatPermissions } from '@grammyjs/types';
import type { TelegramApi } from './telegram-api.ts';
import { TelegramError, toProblem } from './telegram-error.ts';

export interface GrammyApiOptions {
  token: string;
  /** Of a self-hosted Bot API server; Telegram's own by default. */
  apiRoot?: string;
  /** How long a call may take; getUpdates adds its own waiting. */
  timeoutMs: number;
}

type Signal = Parameters<Api['getMe']>[0];

/** Every permission stated: what is left out would keep its former value. */
function permissions(allowed: boolean): ChatPermissions {
  return {
    can_send_messages: allowed,
    can_send_audios: allowed,
    can_send_documents: allowed,
    can_send_photos: allowed,
    can_send_videos: allowed,
    can_send_video_notes: allowed,
    can_send_voice_notes: allowed,
    can_send_polls: allowed,
    can_send_other_messages: allowed,
    can_add_web_page_previews: allowed,
    can_react_to_messages: allowed,
    can_edit_tag: allowed,
    can_change_info: allowed,
    can_invite_users: allowed,
    can_pin_messages: allowed,
    can_manage_topics: allowed,
  };
}

/** Telegram counts end dates in whole seconds. */
function untilDate(untilMs: number | undefined): { until_date?: number } {
  return untilMs === undefined ? {} : { until_date: Math.ceil(untilMs / 1000) };
}

async function call<T>(method: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GrammyError) throw new TelegramError(method, toProblem(error), error);
    const text = error instanceof HttpError ? 'no usable answer from the Bot API server' : String(error);
    throw new TelegramError(method, { kind: 'away', text }, error);
  }
}

export function createGrammyApi({ token, apiRoot, timeoutMs }: GrammyApiOptions): TelegramApi {
  const client = { timeoutSeconds: Math.ceil(timeoutMs / 1000), ...(apiRoot ? { apiRoot } : {}) };
  const api = new Api(token, client);
  const polling = new Api(token, { ...client, timeoutSeconds: client.timeoutSeconds + 60 });

  return {
    ...receiving(api, polling),
    ...moderating(api),
    ...talking(api),
  };
}

function receiving(api: Api, polling: Api) {
  return {
    getMe: (signal?: AbortSignal) => call('getMe', () => api.getMe(signal as Signal)),
    getWebhookInfo: () => call('getWebhookInfo', () => api.getWebhookInfo()),
    deleteWebhook: async () => void (await call('deleteWebhook', () => api.deleteWebhook())),
    setWebhook: (async ({ url, secret, allowedUpdates }) =>
      void (await call('setWebhook', () =>
        api.setWebhook(url, { secret_token: secret, allowed_updates: allowedUpdates }),
      ))) satisfies TelegramApi['setWebhook'],
    getUpdates: ((request, signal) =>
      call('getUpdates', () =>
        polling.getUpdates(
          {
            offset: request.offset,
            limit: request.limit,
            timeout: request.timeoutSeconds,
            allowed_updates: request.allowedUpdates,
          },
          signal as Signal,
        ),
      )) satisfies TelegramApi['getUpdates'],
    getChat: (chatId: number) => call('getChat', () => api.getChat(chatId)),
    getChatAdministrators: (chatId: number) => call('getChatAdministrators', () => api.getChatAdministrators(chatId)),
    getChatMember: (chatId: number, userId: number) => call('getChatMember', () => api.getChatMember(chatId, userId)),
  };
}

function moderating(api: Api) {
  return {
    deleteMessages: async (chatId: number, ids: number[]) =>
      void (await call('deleteMessages', () => api.deleteMessages(chatId, ids))),
    deleteMessage: async (chatId: number, id: number) =>
      void (await call('deleteMessage', () => api.deleteMessage(chatId, id))),
    banChatMember: async (chatId: number, userId: number, untilMs?: number) =>
      void (await call('banChatMember', () => api.banChatMember(chatId, userId, untilDate(untilMs)))),
    unbanChatMember: async (chatId: number, userId: number) =>
      void (await call('unbanChatMember', () => api.unbanChatMember(chatId, userId, { only_if_banned: true }))),
    restrictChatMember: (async (chatId, userId, { mayTalk, untilMs }) =>
      void (await call('restrictChatMember', () =>
        api.restrictChatMember(chatId, userId, permissions(mayTalk), {
          use_independent_chat_permissions: true,
          ...untilDate(untilMs),
        }),
      ))) satisfies TelegramApi['restrictChatMember'],
    banChatSenderChat: async (chatId: number, senderChatId: number) =>
      void (await call('banChatSenderChat', () => api.banChatSenderChat(chatId, senderChatId))),
    unbanChatSenderChat: async (chatId: number, senderChatId: number) =>
      void (await call('unbanChatSenderChat', () => api.unbanChatSenderChat(chatId, senderChatId))),
  };
}

function talking(api: Api) {
  return {
    sendMessage: ((chatId, text, options = {}) =>
      call('sendMessage', () =>
        api.sendMessage(chatId, text, {
          link_preview_options: { is_disabled: true },
          ...(options.replyTo === undefined
            ? {}
            : { reply_parameters: { message_id: options.replyTo, allow_sending_without_reply: true } }),
          ...(options.keyboard === undefined ? {} : { reply_markup: options.keyboard }),
        }),
      )) satisfies TelegramApi['sendMessage'],
    editMessageText: (async (chatId, messageId, { text, keyboard }) =>
      void (await call('editMessageText', () =>
        api.editMessageText(chatId, messageId, text, keyboard ? { reply_markup: keyboard } : {}),
      ))) satisfies TelegramApi['editMessageText'],
    leaveChat: async (chatId: number) => void (await call('leaveChat', () => api.leaveChat(chatId))),
    answerCallbackQuery: (async (id, options = {}) =>
      void (await call('answerCallbackQuery', () =>
        api.answerCallbackQuery(id, {
          ...(options.text === undefined ? {} : { text: options.text }),
          ...(options.alert ? { show_alert: true } : {}),
        }),
      ))) satisfies TelegramApi['answerCallbackQuery'],
    setMyCommands: async (commands: { command: string; description: string }[]) =>
      void (await call('setMyCommands', () => api.setMyCommands(commands))),
  };
}
