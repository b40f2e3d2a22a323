/**
 * What was owed in a run and what became of it, from the simulated Telegram's own record: it outlives the process that
 * is killed. Of the ledger only the notices are taken that it admits to know nothing of. Pure.
 */
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import type { Said } from '../town/people.ts';

export interface Findings {
  /** Messages with no verdict in the journal. */
  neverJudged: number;
  /** Spam that is still there. */
  notDeleted: number;
  /** Spammers who may still speak. */
  notSanctioned: number;
  /** Honest messages that are gone. */
  wronglyDeleted: number;
  /** People whose sanction was changed by a second one for the same message. */
  sanctionsDoubled: number;
  /** Notices that nobody sent, though the ledger does not say that they may be lost. */
  noticesMissing: number;
  noticesDoubled: number;
}

export interface Observed {
  said: readonly Said[];
  effects: FakeTelegram['record']['effects'];
  /** The bot's user id. */
  botId: number;
  /** Messages with a verdict, by `placeOf`. */
  judged: ReadonlySet<string>;
  /** One notice is owed per spam. `unknown`: those found in `sending` after a crash or a call without an answer. */
  notices: { unknown: number };
}

/** Message ids are unique within a chat. */
export function placeOf({ chatId, messageId }: { chatId: number; messageId?: number }): string {
  return `${chatId} ${messageId}`;
}

const SANCTIONS: ReadonlySet<string> = new Set(['memberRestricted', 'memberBanned']);

export function findFaults({ said, effects, botId, judged, notices }: Observed): Findings {
  const own = effects.filter((effect) => effect.byId === botId);
  const deleted = new Set(own.filter(({ kind }) => kind === 'messageDeleted').map(placeOf));
  const sanctions = own.filter(({ kind }) => SANCTIONS.has(kind));
  const ends = new Map<number | undefined, Set<string>>();
  for (const { userId, kind, untilDate } of sanctions) {
    ends.set(userId, (ends.get(userId) ?? new Set()).add(`${kind} ${untilDate}`));
  }
  const count = (is: (one: Said) => boolean) => said.filter(is).length;
  const spam = count((one) => one.spam);
  const sent = own.filter(({ kind }) => kind === 'messageSent').length;
  return {
    neverJudged: count((one) => !judged.has(placeOf(one))),
    notDeleted: count((one) => one.spam && !deleted.has(placeOf(one))),
    notSanctioned: count((one) => one.spam && !ends.has(one.senderId)),
    wronglyDeleted: count((one) => !one.spam && deleted.has(placeOf(one))),
    sanctionsDoubled: [...ends.values()].filter((different) => different.size > 1).length,
    noticesMissing: Math.max(0, spam - notices.unknown - sent),
    noticesDoubled: Math.max(0, sent - spam),
  };
}

export function isClean(findings: Readonly<Record<keyof Findings, number>>): boolean {
  return Object.values(findings).every((count) => count === 0);
}

/** The same, for waiting until a run has come to rest, when verdicts and the ledger have not been read yet. */
export function isDone({ notDeleted, notSanctioned, noticesMissing }: Findings): boolean {
  return notDeleted + notSanctioned + noticesMissing === 0;
}
