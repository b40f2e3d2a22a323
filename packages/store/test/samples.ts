/** What the tables store, each with ids of its own so that tests share a database. */
import { randomBytes } from 'node:crypto';
import {
  actionId,
  hashId,
  rootTraceparent,
  verdictId,
  type Action,
  type Correction,
  type Decision,
  type Notice,
  type Sanction,
  type SeenChat,
} from '@chatwarden/contracts';
import { BOT_ID, NOON } from '@chatwarden/testkit';

export const anId = () => randomBytes(16).toString('hex');
export const aGroupId = () => `g${randomBytes(8).toString('hex')}`;
export const aChatId = () => -1_000_000_000_000 - randomBytes(5).readUIntBE(0, 5);

export function aChat(over: Partial<SeenChat> = {}): SeenChat {
  return { botId: BOT_ID, chatId: aChatId(), type: 'supergroup', title: 'Balcony gardeners', ...over };
}

export function aDecision(over: Partial<Decision> = {}): Decision {
  const eventId = over.eventId ?? anId();
  const stage = over.stage ?? 'detect';
  return {
    verdictId: verdictId(eventId, stage),
    eventId,
    groupId: aGroupId(),
    botId: BOT_ID,
    chatId: aChatId(),
    messageId: 7,
    stage,
    band: 'act',
    mode: 'enforce',
    score: 0.987_654_321,
    reasons: ['1 link to casino.example'],
    senderKey: anId(),
    senderAs: 'user',
    senderSealed: 'sealed-501',
    judgedAt: 3,
    chosenAt: 4,
    occurredAt: NOON,
    receivedAt: NOON + 200,
    decidedAt: NOON + 210,
    traceparent: rootTraceparent(eventId),
    actions: [],
    ...over,
  };
}

type Cause = Pick<Decision, 'groupId' | 'botId' | 'chatId' | 'verdictId' | 'traceparent' | 'receivedAt'>;

function base(cause: Cause) {
  const { groupId, botId, chatId, verdictId: id, traceparent, receivedAt } = cause;
  return { groupId, botId, chatId, cause: id, traceparent, receivedAt };
}

export function aDeletion(cause: Cause, messageId: number): Action {
  const id = actionId({ groupId: cause.groupId, target: messageId, kind: 'deleteMessage', cause: cause.verdictId });
  return { ...base(cause), id, kind: 'deleteMessage', target: { messageId } };
}

export function aCardAction(cause: Cause, cardId: string): Action {
  return { ...base(cause), id: anId(), kind: 'postCard', target: { cardId, text: 'Spam?', replyTo: 7 } };
}

export function aNotice(over: Partial<Notice> = {}): Notice {
  return { ...base(aDecision()), id: anId(), kind: 'notice', target: { text: 'Hello' }, ...over };
}

/** A decision with a deletion of each message. */
export function aDeletingDecision(messageIds: readonly number[], over: Partial<Decision> = {}): Decision {
  const decision = aDecision(over);
  return { ...decision, actions: messageIds.map((messageId) => aDeletion(decision, messageId)) };
}

export function aCorrection(decision: Decision, over: Partial<Correction> = {}): Correction {
  const { groupId, botId, chatId, eventId, senderKey, senderAs, traceparent, messageId = 7 } = decision;
  const subject = { groupId, botId, chatId, eventId, senderKey, senderAs, traceparent, messageId };
  const id = hashId('correction', eventId, over.label ?? 'ham', over.at ?? NOON, anId());
  const word = { label: 'ham', source: 'command', by: anId(), at: NOON + 60_000, revision: 4 } as const;
  return { ...subject, id, supersedes: decision.verdictId, ...word, ...over };
}

export function aSanction(decision: Decision, over: Pick<Sanction, 'kind'> & Partial<Sanction>): Sanction {
  const { senderKey: key, senderAs: as, senderSealed: sender = 'sealed-501' } = decision;
  return { ...base(decision), id: anId(), target: { sender, key, as }, ...over };
}
