import { Type, type Static } from 'typebox';
import { Pseudonym } from './ids.ts';

/**
 * As whom a message was written. `linkedChannel`, `anonymousAdmin` and `telegram` stand for shared service ids
 * (777000, 1087968824, 136817688) or the group's own voice and are never sanctioned.
 */
export const SenderAs = Type.Enum(['user', 'bot', 'channel', 'linkedChannel', 'anonymousAdmin', 'telegram']);
export type SenderAs = Static<typeof SenderAs>;

/** `unknown` when the chat's administrators could not be read. */
export const SenderRole = Type.Enum(['member', 'administrator', 'creator', 'unknown']);
export type SenderRole = Static<typeof SenderRole>;

export const Sender = Type.Object({
  key: Pseudonym,
  id: Type.Integer({ description: 'Telegram id of the user, or of the channel for `as: channel`' }),
  as: SenderAs,
  role: SenderRole,
  name: Type.String({ description: 'first and last name, or the title of the channel' }),
  username: Type.Optional(Type.String()),
  languageCode: Type.Optional(Type.String()),
  premium: Type.Optional(Type.Literal(true)),
  /** Tag or custom title that the chat shows beside the name. */
  tag: Type.Optional(Type.String()),
  boostCount: Type.Optional(Type.Integer()),
  /** Not an administrator, but named like one of them (a channel: like the group): which of the two names is alike. */
  likeAdministrator: Type.Optional(Type.Enum(['name', 'username'])),
});
export type Sender = Static<typeof Sender>;

/** Whether Telegram lets anybody sanction this sender, and whether we ever would. */
export function isSanctionable(sender: { as: SenderAs; role: SenderRole }): boolean {
  const voice = sender.as === 'user' || sender.as === 'bot' || sender.as === 'channel';
  return voice && sender.role !== 'administrator' && sender.role !== 'creator';
}
