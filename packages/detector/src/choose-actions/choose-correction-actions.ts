/** What follows from a moderator's word: it may do what the detector did not, and lift what it did. Pure. */
import {
  actionId,
  type Action,
  type Correction,
  type GroupPolicy,
  type Id,
  type LiveSanction,
  type Standing,
} from '@chatwarden/contracts';
import { TEXTS } from './texts.ts';

export interface CorrectionFacts {
  correction: Correction;
  /** What the sender is under in this group, if anything. */
  sanction: LiveSanction | null;
  /** The card that is open about it, if any. */
  card: { id: Id } | null;
  policy: GroupPolicy;
}

/** What people think of the sender from now on. */
export function standingAfter(label: Correction['label']): Standing {
  return label === 'ham' ? 'cleared' : 'sanctioned';
}

export function chooseCorrectionActions({ correction, sanction, card, policy }: CorrectionFacts): Action[] {
  const texts = TEXTS[policy.language];
  if (correction.label === 'spam') return [...removal(correction), ...ended(correction, card, texts.decidedSpam)];
  return [...lift(correction, sanction), ...ended(correction, card, texts.decidedHam)];
}

type Base = Pick<Action, 'id' | 'groupId' | 'botId' | 'chatId' | 'cause' | 'traceparent' | 'receivedAt'>;

function base(correction: Correction, kind: Action['kind'], target: string | number): Base {
  const { groupId, botId, chatId, id: cause, traceparent, at } = correction;
  return { id: actionId({ groupId, target, kind, cause }), groupId, botId, chatId, cause, traceparent, receivedAt: at };
}

/** A person has looked: no ladder, the sender is out. */
function removal(correction: Correction): Action[] {
  const { messageId, senderSealed, senderKey, senderAs } = correction;
  const deletion: Action = {
    ...base(correction, 'deleteMessage', messageId),
    kind: 'deleteMessage',
    target: { messageId },
  };
  if (senderSealed === undefined) return [deletion];
  const target = { sender: senderSealed, key: senderKey, as: senderAs };
  return [deletion, { ...base(correction, 'ban', senderKey), kind: 'ban', target }];
}

/** Whatever the sender is under, not only what this message brought: a person has vouched for her. */
function lift(correction: Correction, sanction: LiveSanction | null): Action[] {
  if (!sanction) return [];
  const kind = sanction.kind === 'ban' ? 'unban' : 'unrestrict';
  return [{ ...base(correction, kind, sanction.target.key), kind, target: sanction.target }];
}

function ended(correction: Correction, card: { id: Id } | null, text: string): Action[] {
  if (!card) return [];
  return [{ ...base(correction, 'closeCard', card.id), kind: 'closeCard', target: { cardId: card.id, text } }];
}
