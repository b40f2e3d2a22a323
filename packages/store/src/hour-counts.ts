import { DATASETS, type HourCount, type Millis } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import type { GroupRate, HourCounts } from './store.ts';

const UNTIL = `select (extract(epoch from until) * 1000)::float8 as until from hour_counted`;
const CLEAR = `delete from hour_count where hour >= $1 and hour < $2`;
const INSERT = `
insert into hour_count (hour, group_id, dataset, name, count)
select to_timestamp(hour / 1000.0), group_id, dataset, name, count
from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::float8[]) as row (hour, group_id, dataset, name, count)`;
const MOVE = `
insert into hour_counted (until) values ($1)
on conflict (only_row) do update set until = greatest(hour_counted.until, excluded.until)`;
/** Two who count the same hours at once would each add theirs. */
const LOCK = `lock table hour_count in share row exclusive mode`;

const READ = `
select group_id as "groupId", (extract(epoch from hour) * 1000)::float8 as hour, dataset, name, count
from hour_count where hour >= $1 and hour < $2`;
const ORDER = ' order by hour, group_id, dataset, name';
const DROP = `with gone as (delete from hour_count where hour < $1 returning 1) select count(*) as rows from gone`;
const RATES = `
select distinct on (group_id) group_id as "groupId", (extract(epoch from hour) * 1000)::float8 as hour,
  sum(count) / 3600 as "eventsPerSecond"
from hour_count where hour >= $1 and dataset = $2
group by group_id, hour
order by group_id, sum(count) desc, hour desc`;

const time = (at: Millis): string => new Date(at).toISOString();

export function createHourCounts(sql: Sql): HourCounts {
  async function countedUntil(): Promise<Millis> {
    const [row] = await sql.query<{ until: Millis }>('hours_until', UNTIL, []);
    return row?.until ?? 0;
  }

  async function overwrite({ from, until }: { from: Millis; until: Millis }, counts: readonly HourCount[]) {
    const column = <K extends keyof HourCount>(key: K) => counts.map((count) => count[key]);
    await sql.transaction(async (statements) => {
      await statements.query('hours_lock', LOCK, []);
      await statements.query('hours_clear', CLEAR, [time(from), time(until)]);
      await statements.query('hours_insert', INSERT, [
        column('hour'),
        column('groupId'),
        column('dataset'),
        column('name'),
        column('count'),
      ]);
      await statements.query('hours_move', MOVE, [time(until)]);
    });
  }

  function read({ groupId, from, to }: Parameters<HourCounts['read']>[0]): Promise<HourCount[]> {
    const between = [time(from), time(to)];
    if (groupId === undefined) return sql.query<HourCount>('hours_read', READ + ORDER, between);
    return sql.query<HourCount>('hours_read_group', `${READ} and group_id = $3${ORDER}`, [...between, groupId]);
  }

  async function dropBefore(at: Millis): Promise<number> {
    const [row] = await sql.query<{ rows: number }>('hours_drop', DROP, [time(at)]);
    return row?.rows ?? 0;
  }

  function ratesOf(since: Millis): Promise<GroupRate[]> {
    return sql.query<GroupRate>('hours_rates', RATES, [time(since), DATASETS.verdict]);
  }

  return { countedUntil, overwrite, read, ratesOf, dropBefore };
}
