/**
 * How records may change. Within a major only additions: readers ignore and count fields and kinds that they do not
 * know. A major that is not known pauses the consumer: the record is valid, only too new for this reader, and must
 * not be lost. A new value of an enumeration is a new major too: readers decide by it. Golden records of every released version are read by the tests (golden/).
 */
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ActionTaken } from './action.ts';
import { type ChatEvent, JoinEvent, MessageEvent, ReactionEvent } from './chat-event.ts';
import { Verdict } from './verdict.ts';

export type Reading<T> =
  | { result: 'record'; record: T; unknownFields: string[] }
  | { result: 'unknownKind'; kind: string }
  | { result: 'unknownMajor'; schema: string }
  | { result: 'invalid'; reason: string };

interface Family {
  major: number;
  kinds: Readonly<
    Record<
      string,
      { check: (value: unknown) => boolean; explain: (value: unknown) => string; fields: ReadonlySet<string> }
    >
  >;
}

function kind(schema: TSchema & { properties: object }): Family['kinds'][string] {
  const compiled = Compile(schema);
  return {
    check: (value) => compiled.Check(value),
    explain: (value) => {
      const [first] = compiled.Errors(value);
      return first ? `${first.instancePath || '/'} ${first.message}` : 'does not match its schema';
    },
    fields: new Set(Object.keys(schema.properties)),
  };
}

const message = kind(MessageEvent);
const join = kind(JoinEvent);
const FAMILIES: Readonly<Record<string, Family>> = {
  'chat-event': {
    major: 1,
    kinds: {
      MessagePosted: message,
      MessageEdited: message,
      JoinRequested: join,
      MemberJoined: join,
      ReactionAdded: kind(ReactionEvent),
    },
  },
  verdict: { major: 1, kinds: { Verdict: kind(Verdict) } },
  'action-taken': { major: 1, kinds: { ActionTaken: kind(ActionTaken) } },
};

export type EnvelopedRecord = ChatEvent | Verdict | ActionTaken;

/** Reads one record of a topic; `value` is parsed JSON that nothing is known about yet. */
export function readRecord<T extends EnvelopedRecord>(value: unknown): Reading<T> {
  if (typeof value !== 'object' || value === null) return { result: 'invalid', reason: 'not an object' };
  const { schema, kind: name } = value as { schema?: unknown; kind?: unknown };
  if (typeof schema !== 'string' || typeof name !== 'string') {
    return { result: 'invalid', reason: 'has no schema and kind' };
  }
  const [familyName = '', major] = schema.split('/');
  const family = FAMILIES[familyName];
  if (!family) return { result: 'invalid', reason: `schema ${schema} is not ours` };
  if (Number(major) !== family.major) return { result: 'unknownMajor', schema };
  const reader = family.kinds[name];
  if (!reader) return { result: 'unknownKind', kind: name };
  if (!reader.check(value)) return { result: 'invalid', reason: reader.explain(value) };
  const unknownFields = Object.keys(value).filter((field) => !reader.fields.has(field));
  return { result: 'record', record: value as T, unknownFields };
}
