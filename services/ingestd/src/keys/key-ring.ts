/**
 * API keys: who may write which services' logs. A key is `cwi_<id>_<secret>`; the secret is 256 random bits, so a plain
 * SHA-256 of the key is as good as a slow hash, and the file that holds the hashes gives no key away. The file is read
 * again while we run: a key is added or revoked without a restart.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Failure, messageOf, Service } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Sender } from '../accept/sender.ts';

const ANY_SERVICE = '*';

export const KeyEntry = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9]{8,32}$', description: 'the part of the key that is no secret' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the whole key, in hex' }),
  services: Type.Array(Type.Union([Type.Literal(ANY_SERVICE), Service.properties.name]), {
    description: 'names of services that may be written; "*" is any',
  }),
  moderation: Type.Optional(Type.Boolean({ description: "may write alertd's own documents" })),
  eventsPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'overrides the setting' })),
});
export type KeyEntry = Static<typeof KeyEntry>;

const KeyFile = Type.Object({ keys: Type.Array(KeyEntry) });

const KEY = /^cwi_([a-z0-9]{8,32})_[\w-]{43,}$/;

export interface KeyRing {
  /** Undefined for a key that is not there. */
  senderOf(key: string): Sender | undefined;
}

/** Throws Failure `badKeys` (never) that says what is wrong with the text of the file. */
export function parseKeyRing(text: string, eventsPerSecond: number): KeyRing {
  const entries = readEntries(text);
  const known = new Map(entries.map((entry) => [entry.id, toKnown(entry, eventsPerSecond)]));
  if (known.size < entries.length) throw badKeys('two keys have the same id');

  function senderOf(key: string): Sender | undefined {
    const id = KEY.exec(key)?.[1];
    const candidate = id === undefined ? undefined : known.get(id);
    return candidate && timingSafeEqual(candidate.digest, sha256(key)) ? candidate.sender : undefined;
  }

  return { senderOf };
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readEntries(text: string): KeyEntry[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw badKeys(messageOf(error));
  }
  if (Value.Check(KeyFile, parsed)) return parsed.keys;
  const [first] = Value.Errors(KeyFile, parsed);
  throw badKeys(`${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`);
}

function toKnown(entry: KeyEntry, eventsPerSecond: number): { digest: Buffer; sender: Sender } {
  const services = new Set(entry.services);
  const sender: Sender = {
    id: entry.id,
    mayWrite: services.has(ANY_SERVICE) ? () => true : (service) => services.has(service),
    mayModerate: entry.moderation ?? false,
    eventsPerSecond: entry.eventsPerSecond ?? eventsPerSecond,
  };
  return { digest: Buffer.from(entry.sha256, 'hex'), sender };
}

function badKeys(problem: string): Failure {
  return new Failure('badKeys', 'never', { message: `the file of keys is not valid: ${problem}` });
}
