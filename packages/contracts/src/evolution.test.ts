import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anEvent, aVerdict } from '@chatwarden/testkit';
import { readRecord } from './evolution.ts';

const golden = new URL('../golden/', import.meta.url);

function goldenRecords(): { name: string; record: unknown }[] {
  return readdirSync(golden).flatMap((release) =>
    readdirSync(new URL(`${release}/`, golden)).map((file) => ({
      name: `${release}/${file}`,
      record: JSON.parse(readFileSync(new URL(`${release}/${file}`, golden), 'utf8')) as unknown,
    })),
  );
}

describe('reading records', () => {
  test.each(goldenRecords())('still reads the golden record $name', ({ record }) => {
    expect(readRecord(record)).toEqual({ result: 'record', record, unknownFields: [] });
  });

  test('there is a golden record of every kind in use', () => {
    const kinds = goldenRecords().map(({ record }) => (record as { kind: string }).kind);
    expect(new Set(kinds)).toEqual(
      new Set([
        'MessagePosted',
        'MessageEdited',
        'JoinRequested',
        'MemberJoined',
        'ReactionAdded',
        'Verdict',
        'ActionTaken',
      ]),
    );
  });

  test('accepts and names fields that it does not know', () => {
    const reading = readRecord({ ...anEvent(), mood: 'cheerful' });
    expect(reading).toMatchObject({ result: 'record', unknownFields: ['mood'] });
  });

  test('tells an unknown kind from an invalid record, so that consumers can skip it', () => {
    expect(readRecord({ ...anEvent(), kind: 'PollVoted' })).toEqual({ result: 'unknownKind', kind: 'PollVoted' });
  });

  test('an unknown major pauses: it is not called invalid', () => {
    expect(readRecord({ ...aVerdict(), schema: 'verdict/2' })).toEqual({ result: 'unknownMajor', schema: 'verdict/2' });
  });

  test.each([
    ['null', null, 'not an object'],
    ['an object without schema', {}, 'has no schema and kind'],
    ['a schema of somebody else', { schema: 'order/1', kind: 'Order' }, 'schema order/1 is not ours'],
  ])('refuses %s and says why', (_name, value, reason) => {
    expect(readRecord(value)).toEqual({ result: 'invalid', reason });
  });

  test('names the field that does not match', () => {
    expect(readRecord({ ...aVerdict(), score: 7 })).toMatchObject({
      result: 'invalid',
      reason: expect.stringContaining('/score'),
    });
  });
});
