/**
 * Ledger rows become Bot API calls. Pure. Rows of one chat that can share a call do: deletions go out a hundred at a
 * time, and one sender is sanctioned once however many messages asked for it. The phases keep the order within an
 * incident: delete, sanction, card, notice.
 */
import {
  DELETABLE_FOR_MS,
  type Action,
  type CardAction,
  type DeleteMessage,
  type Millis,
  type Notice,
  type Outcome,
  type Sanction,
} from '@chatwarden/contracts';
import type { LedgerRow } from '@chatwarden/store';

export type Call =
  | { kind: 'delete'; chatId: number; actions: DeleteMessage[]; tries: number }
  | { kind: 'sanction'; actions: Sanction[]; sanction: Sanction; tries: number }
  | { kind: 'card'; action: CardAction; tries: number }
  /** One message in place of many questions. */
  | { kind: 'foldedCards'; actions: CardAction[]; tries: number }
  | { kind: 'notice'; action: Notice; tries: number };

export interface Plan {
  /** Known without a call. */
  settled: { action: Action; outcome: Outcome }[];
  /** Calls of one phase may run side by side; the next phase begins when they ended. */
  phases: { deletions: Call[]; sanctions: Call[]; messages: Call[] };
}

/** deleteMessages takes at most 100 ids. Source: https://core.telegram.org/bots/api#deletemessages */
const DELETE_MAX = 100;
/** A group takes 20 messages a minute (https://core.telegram.org/bots/faq); half of them are for questions. */
const CARDS_MAX = 10;
/** Telegram reads an end date less than 30 s ahead as "for ever"; a margin for the way there. */
const SHORTEST_SANCTION_MS = 45_000;

export function planCalls(rows: readonly LedgerRow[], now: Millis): Plan {
  const settled: Plan['settled'] = [];
  const open: LedgerRow[] = [];
  for (const row of rows) {
    const outcome = settleWithoutCall(row, now);
    if (outcome) settled.push({ action: row.action, outcome });
    else open.push(row);
  }
  return {
    settled,
    phases: {
      deletions: deletions(open),
      sanctions: sanctions(open),
      messages: messages(open),
    },
  };
}

function settleWithoutCall({ action, wasSending }: LedgerRow, now: Millis): Outcome | null {
  if (action.kind === 'notice' && wasSending) {
    return {
      result: 'failed',
      code: 'unknownOutcome',
      text: 'may have been sent before a restart; notices are never sent twice',
    };
  }
  if ((action.kind === 'restrict' || action.kind === 'ban') && action.until !== undefined) {
    if (action.until - now < SHORTEST_SANCTION_MS) {
      return { result: 'skipped', code: 'expired', text: 'the sanction ended before it could be sent' };
    }
  }
  if (now - action.receivedAt > DELETABLE_FOR_MS && action.kind !== 'unban' && action.kind !== 'unrestrict') {
    return { result: 'failed', code: 'gaveUp', text: 'could not be sent within 48 hours' };
  }
  return null;
}

function deletions(rows: readonly LedgerRow[]): Call[] {
  const wanted = rows.filter(
    (row): row is LedgerRow & { action: DeleteMessage } => row.action.kind === 'deleteMessage',
  );
  const calls: Call[] = [];
  for (let from = 0; from < wanted.length; from += DELETE_MAX) {
    const part = wanted.slice(from, from + DELETE_MAX);
    const actions = part.map((row) => row.action);
    const tries = Math.min(...part.map((row) => row.tries));
    calls.push({ kind: 'delete', chatId: (actions[0] as DeleteMessage).chatId, actions, tries });
  }
  return calls;
}

/**
 * Within one batch the newest word on a sender stands for the older ones of its kind; a lift and a sanction of one
 * sender stay apart and in order, since they are planned by different people for different reasons.
 */
function sanctions(rows: readonly LedgerRow[]): Call[] {
  const bySender = new Map<string, Extract<Call, { kind: 'sanction' }>>();
  const calls: Extract<Call, { kind: 'sanction' }>[] = [];
  for (const { action, tries } of rows) {
    if (!isSanction(action)) continue;
    const former = bySender.get(action.target.key);
    if (former && former.sanction.kind === action.kind) {
      former.actions.push(action);
      former.sanction = longer(former.sanction, action);
      continue;
    }
    const call = { kind: 'sanction' as const, actions: [action], sanction: action, tries };
    bySender.set(action.target.key, call);
    calls.push(call);
  }
  return calls;
}

/** Questions beyond what people can be asked become one, at the end. */
function messages(rows: readonly LedgerRow[]): Call[] {
  const questions = rows.filter(({ action }) => action.kind === 'postCard');
  const folded = questions.slice(CARDS_MAX);
  const isFolded = new Set(folded);
  const calls = rows.flatMap((row): Call[] => {
    const { action, tries } = row;
    if (isFolded.has(row)) return [];
    if (action.kind === 'notice') return [{ kind: 'notice', action, tries }];
    if (action.kind === 'postCard' || action.kind === 'closeCard') return [{ kind: 'card', action, tries }];
    return [];
  });
  if (folded.length === 0) return calls;
  const actions = folded.map((row) => row.action as CardAction);
  return [...calls, { kind: 'foldedCards', actions, tries: Math.min(...folded.map((row) => row.tries)) }];
}

function isSanction(action: Action): action is Sanction {
  return ['restrict', 'ban', 'unban', 'unrestrict'].includes(action.kind);
}

function longer(a: Sanction, b: Sanction): Sanction {
  if (a.until === undefined) return a;
  return b.until === undefined || b.until > a.until ? b : a;
}
