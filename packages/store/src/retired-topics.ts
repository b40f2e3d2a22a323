import type { GroupId, Millis } from '@chatwarden/contracts';
import type { RetiredTopics } from './move-port.ts';
import type { Sql } from './sql/sql.ts';

const RETIRE = `
insert into retired_topic (group_id, retired_at) values ($1, $2)
on conflict (group_id) do update set retired_at = greatest(retired_topic.retired_at, excluded.retired_at)`;
const LIST = `
select group_id as "groupId", retired_at as "retiredAt" from retired_topic
where retired_at < $1 order by retired_at, group_id`;
const FORGET = `delete from retired_topic where group_id = $1`;

export function createRetiredTopics(sql: Sql): RetiredTopics {
  return {
    async retireTopic(groupId, at) {
      await sql.query('retired_topic_retire', RETIRE, [groupId, at]);
    },
    listRetiredTopics: (at) => sql.query<{ groupId: GroupId; retiredAt: Millis }>('retired_topic_list', LIST, [at]),
    async forgetRetiredTopic(groupId) {
      await sql.query('retired_topic_forget', FORGET, [groupId]);
    },
  };
}
