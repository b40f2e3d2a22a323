/**
 * Actions are planned in the ledger before they are carried out. One row is one effect on one target; the executor
 * may carry out many rows in one call.
 */
import { Type, type Static } from 'typebox';
import { envelope } from './envelope.ts';
import { GroupId, Id, Millis, Pseudonym, SealedId } from './ids.ts';
import { Language } from './language.ts';
import { SenderAs } from './sender.ts';

export const ActionKind = Type.Enum([
  'deleteMessage',
  'restrict',
  'ban',
  'unban',
  'unrestrict',
  'postCard',
  'closeCard',
  'notice',
]);
export type ActionKind = Static<typeof ActionKind>;

/** Telegram lets bots delete a message for 48 hours: https://core.telegram.org/bots/api#deletemessage */
export const DELETABLE_FOR_MS = 48 * 3_600_000;

/** Within one incident: first what protects the group, then what informs people. */
export const ACTION_ORDER: readonly ActionKind[] = [
  'deleteMessage',
  'restrict',
  'ban',
  'unban',
  'unrestrict',
  'closeCard',
  'postCard',
  'notice',
];

const base = {
  id: Id,
  groupId: GroupId,
  botId: Type.Integer(),
  chatId: Type.Integer(),
  /** Id of the verdict, correction or campaign that asked for it. */
  cause: Id,
  traceparent: Type.String(),
  /** When Telegram delivered what caused this; for the delivery-to-effect time. */
  receivedAt: Millis,
  /** Not to be sent before, epoch ms. */
  notBefore: Type.Optional(Millis),
};

export const MessageTarget = Type.Object({ messageId: Type.Integer() });
export const SenderTarget = Type.Object({ sender: SealedId, key: Pseudonym, as: SenderAs });
export type SenderTarget = Static<typeof SenderTarget>;
export const CardTarget = Type.Object({
  cardId: Id,
  text: Type.String(),
  replyTo: Type.Optional(Type.Integer()),
  /** Of the group, for what is said in place of many cards. */
  language: Type.Optional(Language),
});
export const NoticeTarget = Type.Object({ text: Type.String(), replyTo: Type.Optional(Type.Integer()) });

export const DeleteMessage = Type.Object({ ...base, kind: Type.Literal('deleteMessage'), target: MessageTarget });
export const Sanction = Type.Object({
  ...base,
  kind: Type.Enum(['restrict', 'ban', 'unban', 'unrestrict']),
  target: SenderTarget,
  /** End of the sanction, epoch ms; absent is for ever. Telegram reads less than 30 s ahead as for ever. */
  until: Type.Optional(Millis),
});
export const CardAction = Type.Object({
  ...base,
  kind: Type.Enum(['postCard', 'closeCard']),
  target: CardTarget,
});
export const Notice = Type.Object({ ...base, kind: Type.Literal('notice'), target: NoticeTarget });

export const Action = Type.Union([DeleteMessage, Sanction, CardAction, Notice]);
export type Action = DeleteMessage | Sanction | CardAction | Notice;
export type DeleteMessage = Static<typeof DeleteMessage>;
export type Sanction = Static<typeof Sanction>;
export type CardAction = Static<typeof CardAction>;
export type Notice = Static<typeof Notice>;

/** A sanction that is in force, or planned and about to be: what a person's word or a timed lift takes back. */
export interface LiveSanction {
  kind: 'ban' | 'restrict';
  /** Epoch ms; absent is for ever. */
  until?: Millis;
  target: SenderTarget;
}

/** `skipped` and `failed` say why: a code for machines and Telegram's or our own words for people. */
export const Outcome = Type.Union([
  Type.Object({ result: Type.Literal('done') }),
  Type.Object({ result: Type.Enum(['skipped', 'failed']), code: Type.String(), text: Type.String() }),
]);
export type Outcome = Static<typeof Outcome>;

export const ActionTaken = Type.Object({
  schema: Type.Literal('action-taken/1'),
  kind: Type.Literal('ActionTaken'),
  ...envelope,
  actionId: Id,
  actionKind: ActionKind,
  cause: Id,
  target: Type.Object({ messageId: Type.Optional(Type.Integer()), sender: Type.Optional(Pseudonym) }),
  until: Type.Optional(Millis),
  outcome: Outcome,
  tries: Type.Integer({ minimum: 0 }),
  takenAt: Millis,
});
export type ActionTaken = Static<typeof ActionTaken>;
