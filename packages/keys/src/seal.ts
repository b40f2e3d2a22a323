/**
 * Seals: AES-256-GCM with a random 96-bit IV. A seal is version (1 byte), key id (4), IV (12), ciphertext, tag (16).
 * What the seal belongs to (group, what it holds, row) is authenticated with it, so that a seal copied into another row
 * or group does not open. One key may make 2^32 seals with random IVs (NIST SP 800-38D, 8.3).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Failure, type GroupId, type Id, type Key, type SealedId } from '@chatwarden/contracts';
import { keyObjectOf } from './key-object.ts';

/** The row that holds sealed text, such as the evidence of a verdict. */
export interface SealedRow {
  groupId: GroupId;
  rowId: Id;
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const ID_BYTES = 8;

/** Seals a Telegram id with the group's key for `seal`. Sealing twice gives two different seals. */
export function sealId(key: Key, groupId: GroupId, id: number): SealedId {
  const plain = Buffer.allocUnsafe(ID_BYTES);
  plain.writeBigInt64BE(BigInt(id));
  return seal(key, bindingOf(groupId, 'id'), plain).toString('base64url');
}

/** Throws Failure `wrongKey` or `sealBroken` (never). */
export function openId(key: Key, groupId: GroupId, sealed: SealedId): number {
  const plain = open(key, bindingOf(groupId, 'id'), Buffer.from(sealed, 'base64url'));
  return Number(plain.readBigInt64BE());
}

/** Seals text for one row with the group's key for `seal`. */
export function sealText(key: Key, row: SealedRow, text: string): Uint8Array {
  return seal(key, bindingOf(row.groupId, 'text', row.rowId), Buffer.from(text, 'utf8'));
}

/** Throws Failure `wrongKey` or `sealBroken` (never). */
export function openText(key: Key, row: SealedRow, sealed: Uint8Array): string {
  return open(key, bindingOf(row.groupId, 'text', row.rowId), Buffer.from(sealed)).toString('utf8');
}

function bindingOf(groupId: GroupId, what: 'id' | 'text', rowId = ''): Buffer {
  return Buffer.from(`${groupId}|${what}|${rowId}`);
}

function seal(key: Key, binding: Buffer, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyObjectOf(key), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(binding);
  const hidden = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), keyIdBytes(key), iv, hidden, cipher.getAuthTag()]);
}

function open(key: Key, binding: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || sealed[0] !== VERSION) {
    throw new Failure('sealBroken', 'never', { message: 'this is no seal that this version can open' });
  }
  if (!sealed.subarray(1, HEADER_BYTES).equals(keyIdBytes(key))) {
    throw new Failure('wrongKey', 'never', { message: `this was not sealed with key ${key.id}` });
  }
  const ivEnd = HEADER_BYTES + IV_BYTES;
  const tagStart = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', keyObjectOf(key), sealed.subarray(HEADER_BYTES, ivEnd), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(binding);
  decipher.setAuthTag(sealed.subarray(tagStart));
  const plain = decipher.update(sealed.subarray(ivEnd, tagStart));
  try {
    decipher.final();
  } catch (cause) {
    throw new Failure('sealBroken', 'never', { message: 'the seal was altered, or belongs to another row', cause });
  }
  return plain;
}

function keyIdBytes(key: Key): Buffer {
  return Buffer.from(key.id, 'hex').subarray(0, KEY_ID_BYTES);
}
