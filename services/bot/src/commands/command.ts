/** What a command is: a name, a line for /help, and what it does where. */
import type { Clock, Group, KeyProvider, MessageEvent } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { SettingsCache, Store } from '@chatwarden/store';
import type { Correct } from '../corrections/correct.ts';
import type { ChatFactsSource } from '../receive/chat-facts.ts';
import type { KnownGroup } from '../receive/ensure-group.ts';
import type { Message, TelegramApi } from '../telegram/telegram-api.ts';

export interface CommandCall {
  message: Message;
  event: MessageEvent;
  known: KnownGroup;
}

export interface PrivateCall {
  message: Message;
  argument: string;
}

export interface CommandDeps {
  api: Pick<TelegramApi, 'sendMessage' | 'getChatMember' | 'leaveChat'>;
  store: Pick<Store, 'settings' | 'decisions' | 'groups' | 'persons' | 'claims'>;
  settings: SettingsCache;
  keys: KeyProvider;
  facts: ChatFactsSource;
  correct: Correct;
  eraseGroup: (group: Group) => Promise<void>;
  clock: Clock;
  log: Logger;
  botId: number;
  botUsername: string;
  /** Where a reader finds the operator of this installation, for /privacy. */
  contact: string;
  /** Host of the language model that doubtful messages are shown to, for /privacy; absent: to none. */
  modelHost?: string;
  /** All commands with their descriptions. */
  overview: string;
}

/** What a command answers; null says nothing. */
export type Answer = string | null;

export interface Command {
  name: string;
  description: string;
  inPrivate?: (call: PrivateCall, deps: CommandDeps) => Answer | Promise<Answer>;
  inGroup?: (call: CommandCall & { argument: string }, deps: CommandDeps) => Promise<Answer>;
}
