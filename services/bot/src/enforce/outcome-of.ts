/** What a failed call means for its ledger row: an outcome, or again. Pure. */
import type { Millis, Outcome } from '@chatwarden/contracts';
import { TelegramError, type RefusalCode, type TelegramProblem } from '../telegram/telegram-error.ts';

export type Settled =
  | { outcome: Outcome }
  /** `pause`: Telegram wants rest in this chat. `migratedTo`: the chat has another id now. */
  | { again: true; notBefore: Millis; pause?: true; migratedTo?: number };

export const DONE: Settled = { outcome: { result: 'done' } };

/** Refusals after which what we wanted is so already, or nobody can do it and nothing is wrong. */
const HARMLESS: ReadonlySet<RefusalCode> = new Set([
  'messageGone',
  'notModified',
  'senderIsAdministrator',
  'senderGone',
  'queryTooOld',
]);
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MAX_MS = 60_000;
/** Rights that come back are told by an update, and then all is tried at once; this is for when it was missed. */
const RIGHTS_FIRST_MS = 60_000;
const RIGHTS_MAX_MS = 900_000;

export interface FailedCall {
  error: unknown;
  now: Millis;
  tries: number;
  /** False for a notice: a call without an answer may have had its effect. */
  repeatable: boolean;
}

export function settle({ error, now, tries, repeatable }: FailedCall): Settled {
  const problem: TelegramProblem =
    error instanceof TelegramError ? error.problem : { kind: 'away', text: String(error) };
  switch (problem.kind) {
    case 'retryAfter':
      return { again: true, notBefore: now + problem.seconds * 1000, pause: true };
    case 'away':
      if (!repeatable) {
        return {
          outcome: { result: 'failed', code: 'unknownOutcome', text: `no answer, never sent twice: ${problem.text}` },
        };
      }
      return { again: true, notBefore: now + Math.min(BACKOFF_FIRST_MS * 2 ** (tries - 1), BACKOFF_MAX_MS) };
    case 'refused':
      if (problem.migratedTo !== undefined) return { again: true, notBefore: now, migratedTo: problem.migratedTo };
      if (problem.code === 'noRights' && repeatable) {
        return { again: true, notBefore: now + Math.min(RIGHTS_FIRST_MS * 2 ** (tries - 1), RIGHTS_MAX_MS) };
      }
      return {
        outcome: { result: HARMLESS.has(problem.code) ? 'skipped' : 'failed', code: problem.code, text: problem.text },
      };
  }
}
