import type { Publisher, Publishers } from './move-port.ts';
import type { Sql } from './sql/sql.ts';

/** A publisher that was restarted begins again: what it says now is true. */
const REPORT = `
insert into publisher (name, revision, expires_at) values ($1, $2, $3)
on conflict (name) do update set revision = excluded.revision, expires_at = excluded.expires_at`;
const BEHIND = `
select name, revision, expires_at as "expiresAt", expires_at <= $2 as expired
from publisher where revision < $1 order by name`;
const WITHDRAW = `delete from publisher where name = $1`;
const DROP = `delete from publisher where name = $1 and expires_at = $2 returning 1`;

export function createPublishers(sql: Sql): Publishers {
  return {
    async reportPublisher({ name, revision, at, termMs }) {
      await sql.query('publisher_report', REPORT, [name, revision, at + termMs]);
    },
    publishersBehind: (revision, at) =>
      sql.query<Publisher & { expired: boolean }>('publisher_behind', BEHIND, [revision, at]),
    async withdrawPublisher(name) {
      await sql.query('publisher_withdraw', WITHDRAW, [name]);
    },
    async dropPublisher({ name, expiresAt }) {
      return (await sql.query('publisher_drop', DROP, [name, expiresAt])).length > 0;
    },
  };
}
