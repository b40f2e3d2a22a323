/**
 * Identity. Every id is the first 128 bits of a SHA-256 over its parts, as 32 hex digits, so that whoever
 * meets the same fact again derives the same id: redelivery, a second replica and a restart change nothing.
 * The parts are joined by a byte that no part can contain.
 */
import { createHash } from 'node:crypto';
import { Type } from 'typebox';

/** 32 lower-case hex digits. */
export type Id = string;
export const Id = Type.String({ pattern: '^[0-9a-f]{32}$', description: '128 bits as 32 hex digits' });

/** Our own name of a group. It survives Telegram's migration of a chat, unlike the chat id. */
export type GroupId = string;
export const GroupId = Type.String({ pattern: '^g[0-9a-f]{16}$', description: 'our own id of a group' });
/** Keys of the whole installation are kept under this id, which no group gets. */
export const INSTALLATION: GroupId = `g${'0'.repeat(16)}`;

/** Keyed HMAC of a Telegram user or chat id, per group, 32 hex digits: names a person without saying who. */
export type Pseudonym = string;
export const Pseudonym = Type.String({ pattern: '^[0-9a-f]{32}$', description: 'keyed HMAC of a sender id' });

/** A Telegram id under the group's seal key (AES-256-GCM, base64url): only a process with the key can open it. */
export type SealedId = string;
export const SealedId = Type.String({ minLength: 1, description: 'a Telegram id, encrypted with the group key' });

/** Epoch milliseconds. */
export type Millis = number;
export const Millis = Type.Integer({ minimum: 0, description: 'epoch milliseconds' });

/** Value of the one counter that settings, routes and gates share. */
export type Revision = number;
export const Revision = Type.Integer({ minimum: 0, description: 'revision of settings, routes and gates' });

const SEPARATOR = '\u001f';

export function hashId(...parts: readonly (string | number)[]): Id {
  return createHash('sha256').update(parts.join(SEPARATOR)).digest('hex').slice(0, 32);
}

export interface EventIdentity {
  kind: string;
  groupId: GroupId;
  /** What the event is about: message id, or user. */
  subject: string | number;
  /** What tells two events about one subject apart: edit date and content digest, or the event's date. */
  version: string | number;
}

export function eventId({ kind, groupId, subject, version }: EventIdentity): Id {
  return hashId('event', kind, groupId, subject, version);
}

export function verdictId(event: Id, stage: string): Id {
  return hashId('verdict', event, stage);
}

/** A moderator may judge one event more than once, so the correction is what tells the verdicts apart. */
export function moderatorVerdictId(event: Id, correction: Id): Id {
  return hashId('verdict', event, 'moderator', correction);
}

export interface CorrectionIdentity {
  groupId: GroupId;
  /** The message that was spoken about. */
  subject: number;
  by: Pseudonym;
  at: Millis;
}

export function correctionId({ groupId, subject, by, at }: CorrectionIdentity): Id {
  return hashId('correction', groupId, subject, by, at);
}

export interface ActionIdentity {
  groupId: GroupId;
  /** Message id, sender, card: what the action is done to. */
  target: string | number;
  kind: string;
  /** Id of a decision's verdict, a correction or a campaign. */
  cause: Id;
}

export function actionId({ groupId, target, kind, cause }: ActionIdentity): Id {
  return hashId('action', groupId, target, kind, cause);
}
