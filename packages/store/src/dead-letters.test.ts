import { NOON } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { anId } from '../test/samples.ts';

const under = aStoreForAll();

it('a dead letter is kept once per record, topic and consumer group; those without an id are all kept', async () => {
  const { deadLetters, sql } = under.store;
  const letter = { topic: 'events', group: 'detect', recordId: anId(), reason: 'not an object\u0000', at: NOON };
  const nameless = { ...letter, recordId: '' };
  await deadLetters.put([]);
  await deadLetters.put([letter, { ...letter, group: 'journal' }, nameless, nameless]);
  await deadLetters.put([{ ...letter, at: NOON + 5 }]);
  const text = 'select consumer_group as group, record_id as id, reason, at from dead_letter order by position';
  const kept = await sql.query<{ group: string; id: string; reason: string; at: number }>('test_dead', text, []);
  expect(kept.map((row) => [row.group, row.id])).toEqual([
    ['detect', letter.recordId],
    ['journal', letter.recordId],
    ['detect', ''],
    ['detect', ''],
  ]);
  expect(kept[0]).toMatchObject({ reason: 'not an object', at: NOON });
});
