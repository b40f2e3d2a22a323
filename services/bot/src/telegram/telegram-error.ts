/**
 * What a failed call means for the caller, whatever library made it:
 * - `away`: no usable answer (network, 5xx, time-out); the call may or may not have had its effect;
 * - `retryAfter`: Telegram wants a pause; nothing happened;
 * - `refused`: Telegram understood and said no; `code` names the known reasons.
 * Error texts: https://github.com/tdlib/telegram-bot-api (Client.cpp), which the Bot API documentation does not list.
 */
import { Failure } from '@chatwarden/contracts';

export type RefusalCode =
  | 'messageGone'
  | 'messageTooOld'
  | 'notModified'
  | 'senderIsAdministrator'
  | 'senderGone'
  | 'noRights'
  | 'botIsGone'
  | 'chatGone'
  | 'supergroupOnly'
  | 'chatMigrated'
  | 'conflict'
  | 'unauthorized'
  | 'methodUnknown'
  | 'queryTooOld'
  | 'refused';

export type TelegramProblem =
  | { kind: 'away'; text: string }
  | { kind: 'retryAfter'; seconds: number; text: string }
  | { kind: 'refused'; code: RefusalCode; text: string; migratedTo?: number };

export class TelegramError extends Failure {
  readonly problem: TelegramProblem;

  constructor(method: string, problem: TelegramProblem, cause?: unknown) {
    const retry = problem.kind === 'refused' ? 'never' : 'later';
    super(problem.kind === 'refused' ? problem.code : problem.kind, retry, {
      message: `${method}: ${problem.text}`,
      ...(cause === undefined ? {} : { cause }),
    });
    this.name = 'TelegramError';
    this.problem = problem;
  }
}

/** First match wins; texts are compared in lower case. */
const REFUSALS: readonly (readonly [fragment: string, code: RefusalCode])[] = [
  ['message to delete not found', 'messageGone'],
  ['message to edit not found', 'messageGone'],
  ['message_id_invalid', 'messageGone'],
  ['message identifier is not specified', 'messageGone'],
  ["message can't be deleted for everyone", 'messageTooOld'],
  // So Telegram says to a bot that may not delete; messages that nobody can delete we never ask about.
  ["message can't be deleted", 'noRights'],
  ['message is not modified', 'notModified'],
  ['user is an administrator', 'senderIsAdministrator'],
  ["can't remove chat owner", 'senderIsAdministrator'],
  ["can't restrict self", 'senderIsAdministrator'],
  ['participant_id_invalid', 'senderGone'],
  ['user_id_invalid', 'senderGone'],
  ['user not found', 'senderGone'],
  ['user_not_participant', 'senderGone'],
  ['not enough rights', 'noRights'],
  ['need administrator rights', 'noRights'],
  ['chat_admin_required', 'noRights'],
  ['have no rights', 'noRights'],
  ['bot was kicked', 'botIsGone'],
  ['bot is not a member', 'botIsGone'],
  ['bot was blocked', 'botIsGone'],
  ['chat not found', 'chatGone'],
  ['upgraded to a supergroup', 'chatMigrated'],
  ['available only for supergroup', 'supergroupOnly'],
  ['available for supergroup', 'supergroupOnly'],
  ['query is too old', 'queryTooOld'],
];

export interface ErrorAnswer {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
}

export function toProblem(answer: ErrorAnswer): TelegramProblem {
  const text = answer.description;
  if (answer.error_code === 429) {
    return { kind: 'retryAfter', seconds: answer.parameters?.retry_after ?? 1, text };
  }
  if (answer.error_code >= 500) return { kind: 'away', text };
  return { kind: 'refused', text, ...refusal(answer) };
}

function refusal(answer: ErrorAnswer): { code: RefusalCode; migratedTo?: number } {
  const migratedTo = answer.parameters?.migrate_to_chat_id;
  if (migratedTo !== undefined) return { code: 'chatMigrated', migratedTo };
  if (answer.error_code === 401) return { code: 'unauthorized' };
  if (answer.error_code === 409) return { code: 'conflict' };
  const text = answer.description.toLowerCase();
  const known = REFUSALS.find(([fragment]) => text.includes(fragment));
  if (known) return { code: known[1] };
  return { code: answer.error_code === 404 ? 'methodUnknown' : 'refused' };
}

/** The reason of a refusal, or null for any other error. */
export function refusalCode(error: unknown): RefusalCode | null {
  return error instanceof TelegramError && error.problem.kind === 'refused' ? error.problem.code : null;
}
