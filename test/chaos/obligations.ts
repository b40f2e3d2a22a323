/**
 * What the simulated Telegram's own record says of a run: for every message whether what was owed was done, and done
 * once. Pure; the record outlives the process that is killed.
 */
import type { FakeTelegram } from '@chatwarden/fake-telegram';

export interface Said {
  messageId: number;
  senderId: number;
  spam: boolean;
}

export interface Findings {
  /** Spam that is still there. */
  notDeleted: number;
  /** Spammers who may still speak. */
  notSanctioned: number;
  /** Honest messages that are gone. */
  wronglyDeleted: number;
  /** Messages with no verdict in the journal. */
  neverJudged: number;
  /** Notices that members saw twice. */
  noticesDoubled: number;
}

export interface Observed {
  said: readonly Said[];
  effects: FakeTelegram['record']['effects'];
  apiCalls: FakeTelegram['record']['apiCalls'];
  /** Message ids with a verdict. */
  judged: ReadonlySet<number>;
}

export function findFaults({ said, effects, apiCalls, judged }: Observed): Findings {
  const deleted = new Set(effects.filter(({ kind }) => kind === 'messageDeleted').map(({ messageId }) => messageId));
  const sanctions = new Set(['memberRestricted', 'memberBanned']);
  const sanctioned = new Set(effects.filter(({ kind }) => sanctions.has(kind)).map(({ userId }) => userId));
  const count = (is: (one: Said) => boolean) => said.filter(is).length;
  return {
    notDeleted: count((one) => one.spam && !deleted.has(one.messageId)),
    notSanctioned: count((one) => one.spam && !sanctioned.has(one.senderId)),
    wronglyDeleted: count((one) => !one.spam && deleted.has(one.messageId)),
    neverJudged: count((one) => !judged.has(one.messageId)),
    noticesDoubled: doubledNotices(apiCalls),
  };
}

/** Cards carry buttons and may be repeated; a notice is a message without them. */
function doubledNotices(apiCalls: Observed['apiCalls']): number {
  const texts = apiCalls
    .filter(
      ({ method, ok, params }) => method.toLowerCase() === 'sendmessage' && ok && params['reply_markup'] === undefined,
    )
    .map(({ params }) => `${String(params['chat_id'])} ${String(params['text'])}`);
  return texts.length - new Set(texts).size;
}

export function isClean(findings: Findings): boolean {
  return Object.values(findings).every((count) => count === 0);
}
