import type { GroupId } from '@chatwarden/contracts';
import type { RetiredTopic, RetiredTopics } from './move-port.ts';
import type { Sql } from './sql/sql.ts';

const RETIRE = `
insert into retired_topic (group_id, retired_at) values ($1, $2)
on conflict (group_id) do update set retired_at = greatest(retired_topic.retired_at, excluded.retired_at)`;
const LIST = `
select group_id as "groupId", retired_at as "retiredAt", unread from retired_topic
where retired_at < $1 order by retired_at, group_id`;
const MARK = `update retired_topic set unread = $2 where group_id = $1 and unread <> $2`;
const UNREAD = `select group_id as "groupId" from retired_topic where unread order by group_id`;
const FORGET = `delete from retired_topic where group_id = $1`;

export function createRetiredTopics(sql: Sql): RetiredTopics {
  return {
    async retireTopic(groupId, at) {
      await sql.query('retired_topic_retire', RETIRE, [groupId, at]);
    },
    listRetiredTopics: (at) => sql.query<RetiredTopic>('retired_topic_list', LIST, [at]),
    async markUnread(groupId, unread) {
      await sql.query('retired_topic_mark', MARK, [groupId, unread]);
    },
    async listUnreadTopics() {
      const rows = await sql.query<{ groupId: GroupId }>('retired_topic_unread', UNREAD, []);
      return rows.map(({ groupId }) => groupId);
    },
    async forgetRetiredTopic(groupId) {
      await sql.query('retired_topic_forget', FORGET, [groupId]);
    },
  };
}
