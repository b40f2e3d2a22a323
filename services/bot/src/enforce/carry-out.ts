/** Carries out one call against Telegram and says what became of each of its actions. */
import type { Action, Clock, KeyProvider, Sanction } from '@chatwarden/contracts';
import { TEXTS } from '@chatwarden/detector';
import { openId } from '@chatwarden/keys';
import type { Cards } from '@chatwarden/store';
import { cardKeyboard } from '../cards/card-keyboard.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { refusalCode, type RefusalCode } from '../telegram/telegram-error.ts';
import type { Call } from './calls.ts';
import { DONE, settle, type Settled } from './outcome-of.ts';

export interface CarryOutDeps {
  api: TelegramApi;
  cards: Cards;
  keys: KeyProvider;
  clock: Clock;
}

export type Result = { action: Action } & Settled;
export type CarryOut = (call: Call) => Promise<Result[]>;

export function createCarryOut(deps: CarryOutDeps): CarryOut {
  const { clock } = deps;
  return async (call) => {
    switch (call.kind) {
      case 'delete':
        return deleteAll(call, deps);
      case 'sanction': {
        const settled = await attempt(() => sanction(call.sanction, deps), {
          tries: call.tries,
          clock,
          repeatable: true,
        });
        return call.actions.map((action) => ({ action, ...settled }));
      }
      case 'card': {
        const { action } = call;
        const run = () => (action.kind === 'postCard' ? postCard(action, deps) : closeCard(action, deps));
        return [{ action, ...(await attempt(run, { tries: call.tries, clock, repeatable: true })) }];
      }
      case 'foldedCards':
        return foldCards(call, deps);
      case 'notice': {
        const { action } = call;
        const send = () => deps.api.sendMessage(action.chatId, action.target.text, replyOption(action.target.replyTo));
        const settled = await attempt(send, { tries: call.tries, clock, repeatable: false });
        return [{ action, ...settled }];
      }
    }
  };
}

interface Attempt {
  tries: number;
  clock: Clock;
  /** False for a notice: without an answer it may have been seen. */
  repeatable: boolean;
}

async function attempt(run: () => Promise<unknown>, { tries, clock, repeatable }: Attempt): Promise<Settled> {
  try {
    await run();
    return DONE;
  } catch (error) {
    return settle({ error, now: clock.now(), tries, repeatable });
  }
}

/** Refusals of a whole batch that its messages can have one by one: then each is asked for alone. */
const ASK_ONE_BY_ONE: ReadonlySet<RefusalCode> = new Set(['methodUnknown', 'messageGone', 'messageTooOld', 'refused']);

type DeleteCall = Extract<Call, { kind: 'delete' }>;

async function deleteAll(call: DeleteCall, deps: CarryOutDeps): Promise<Result[]> {
  const { chatId, actions, tries } = call;
  const ids = [...new Set(actions.map((action) => action.target.messageId))];
  try {
    if (ids.length === 1) await deps.api.deleteMessage(chatId, ids[0] as number);
    else await deps.api.deleteMessages(chatId, ids);
    return actions.map((action) => ({ action, ...DONE }));
  } catch (error) {
    const code = refusalCode(error);
    // Without rights nothing in the batch goes; only if that lasts may one message alone be the reason.
    const oneByOne = code !== null && (ASK_ONE_BY_ONE.has(code) || (code === 'noRights' && tries > 1));
    if (ids.length > 1 && oneByOne) {
      const results: Result[] = [];
      for (const action of actions) results.push(...(await deleteAll({ ...call, actions: [action] }, deps)));
      return results;
    }
    const settled = settle({ error, now: deps.clock.now(), tries, repeatable: true });
    return actions.map((action) => ({ action, ...settled }));
  }
}

async function sanction(action: Sanction, { api, keys }: CarryOutDeps): Promise<void> {
  const { chatId, target, until } = action;
  const id = openId(await keys.key(action.groupId, 'seal'), action.groupId, target.sender);
  const channel = target.as === 'channel';
  switch (action.kind) {
    case 'ban':
      return channel ? api.banChatSenderChat(chatId, id) : api.banChatMember(chatId, id, until);
    case 'unban':
      return channel ? api.unbanChatSenderChat(chatId, id) : api.unbanChatMember(chatId, id);
    case 'unrestrict':
      return orInBasicGroup(
        () => api.restrictChatMember(chatId, id, { mayTalk: true }),
        () => api.unbanChatMember(chatId, id),
      );
    case 'restrict':
      return orInBasicGroup(
        () =>
          api.restrictChatMember(chatId, id, { mayTalk: false, ...(until === undefined ? {} : { untilMs: until }) }),
        () => api.banChatMember(chatId, id, until),
      );
  }
}

/** A basic group knows no restrictions; keeping the sender out is the nearest that it has. */
async function orInBasicGroup(run: () => Promise<void>, nearest: () => Promise<void>): Promise<void> {
  try {
    return await run();
  } catch (error) {
    if (refusalCode(error) === 'supergroupOnly') return nearest();
    throw error;
  }
}

/** One message stands for all; whoever wants to decide finds the questions in the portal. */
async function foldCards(
  { actions, tries }: Extract<Call, { kind: 'foldedCards' }>,
  { api, clock }: CarryOutDeps,
): Promise<Result[]> {
  const [first] = actions;
  if (!first) return [];
  const text = TEXTS[first.target.language ?? 'en'].folded(actions.length);
  const settled = await attempt(() => api.sendMessage(first.chatId, text), { tries, clock, repeatable: true });
  const isDone = 'outcome' in settled && settled.outcome.result === 'done';
  const folded: Settled = {
    outcome: { result: 'skipped', code: 'folded', text: `one of ${actions.length} questions` },
  };
  return actions.map((action) => ({ action, ...(isDone ? folded : settled) }));
}

type CardCall = Extract<Call, { kind: 'card' }>['action'];

/** A later question about a message that has an open card already edits that card. */
async function postCard(action: CardCall, { api, cards }: CarryOutDeps): Promise<void> {
  const { cardId, text, replyTo } = action.target;
  const card = await cards.findCard(cardId);
  if (!card || card.state === 'closed') return;
  const keyboard = cardKeyboard(cardId);
  const open = await cards.findOpenCard(card.groupId, card.messageId);
  if (open?.cardChatId !== undefined && open.cardMessageId !== undefined) {
    const at = { chatId: open.cardChatId, messageId: open.cardMessageId };
    await api.editMessageText(at.chatId, at.messageId, { text, keyboard });
    await cards.cardPosted(cardId, at);
    return;
  }
  const sent = await api.sendMessage(action.chatId, text, { keyboard, ...replyOption(replyTo) });
  await cards.cardPosted(cardId, { chatId: action.chatId, messageId: sent.message_id });
}

async function closeCard(action: CardCall, { api, cards }: CarryOutDeps): Promise<void> {
  const card = await cards.findCard(action.target.cardId);
  if (card?.cardChatId === undefined || card.cardMessageId === undefined) return;
  await api.editMessageText(card.cardChatId, card.cardMessageId, { text: action.target.text });
}

function replyOption(replyTo: number | undefined): { replyTo?: number } {
  return replyTo === undefined ? {} : { replyTo };
}
