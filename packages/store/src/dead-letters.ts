import type { DeadLetter, DeadLetters } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import { toText } from './sql/to-json.ts';

/** A record that dies again is the same dead letter. */
const PUT = `
insert into dead_letter (topic, consumer_group, record_id, reason, at)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
on conflict do nothing`;

export function createDeadLetters(sql: Sql): DeadLetters {
  async function put(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    await sql.query('dead_letter_put', PUT, [
      letters.map((letter) => letter.topic),
      letters.map((letter) => letter.group),
      letters.map((letter) => toText(letter.recordId)),
      letters.map((letter) => toText(letter.reason)),
      letters.map((letter) => letter.at),
    ]);
  }

  return { put };
}
