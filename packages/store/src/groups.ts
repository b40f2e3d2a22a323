import { randomBytes } from 'node:crypto';
import type { Group, GroupId, GroupPolicy, Revision, SeenChat } from '@chatwarden/contracts';
import { moveWork } from './move-work.ts';
import { bumpRevision, insertPolicy } from './settings.ts';
import type { Sql, Statements } from './sql/sql.ts';
import { toText } from './sql/to-json.ts';
import type { GroupOverview, Groups } from './store.ts';

interface GroupRow {
  groupId: GroupId;
  botId: number;
  chatId: number;
  type: Group['type'];
  title: string;
  username: string | null;
  revision: Revision;
}

interface ListedRow extends GroupRow {
  policy: GroupPolicy;
  /** Who locked what of it, if anybody did. */
  by: string | null;
  fields: string[];
}

const COLUMNS = `g.group_id as "groupId", g.bot_id as "botId", g.chat_id as "chatId", g.type, g.title, g.username`;

/** By the chat's present id or a former one. */
const FIND = `
select ${COLUMNS}, (select max(revision) from policy p where p.group_id = g.group_id) as revision
from chat_group g
where g.chat_id = $1 or g.group_id = (select group_id from chat_alias where chat_id = $1)`;

const INSERT = `
insert into chat_group (group_id, bot_id, chat_id, type, title, username) values ($1, $2, $3, $4, $5, $6)`;

/** Not through a former chat id, which shows the chat as it was before it moved. */
const RENAME = `update chat_group set type = $2, title = $3, username = $4 where chat_id = $1`;

const LIST = `
select ${COLUMNS}, p.revision, p.policy, l.by,
  array(select jsonb_object_keys(l.fields) as field order by field) as fields
from chat_group g
join lateral (
  select revision, policy from policy where group_id = g.group_id order by revision desc limit 1
) p on true
left join policy_lock l on l.group_id = g.group_id
order by g.title, g.group_id`;

/** The elder group, with its settings and history, gets the chat; one that was made for the new chat id meanwhile ends. */
const MIGRATE = `
with elder as (
  select group_id from chat_group where chat_id = $2 and bot_id = $1
), younger as (
  delete from chat_group where chat_id = $3 and bot_id = $1 and exists (select from elder)
), alias as (
  insert into chat_alias (chat_id, group_id) select $2, group_id from elder
  on conflict (chat_id) do update set group_id = excluded.group_id
)
select group_id as "groupId" from elder`;
const MOVE = `update chat_group set chat_id = $2, type = 'supergroup' where group_id = $1`;

export function createGroups(sql: Sql, now: () => number): Groups {
  async function ensureGroup(chat: SeenChat, first: GroupPolicy): ReturnType<Groups['ensureGroup']> {
    const seen = { ...chat, title: toText(chat.title) };
    const known = (await find(sql, seen.chatId)) ?? (await make(sql, seen, first));
    if ('isNew' in known) return known;
    if (known.botId !== seen.botId) return null;
    const { revision, username, ...row } = known;
    if (row.chatId === seen.chatId && hasChanged(known, seen)) {
      await sql.query('group_rename', RENAME, [seen.chatId, seen.type, seen.title, seen.username ?? null]);
      return { group: { ...seen, groupId: row.groupId }, revision, isNew: false };
    }
    return { group: { ...row, ...(username === null ? {} : { username }) }, revision, isNew: false };
  }

  async function listGroups(): Promise<GroupOverview[]> {
    const rows = await sql.query<ListedRow>('group_list', LIST, []);
    return rows.map(({ username, by, fields, ...row }) => ({
      ...row,
      ...(username === null ? {} : { username }),
      ...(by === null ? {} : { locked: { fields, by } }),
    }));
  }

  async function findGroupByChat(chatId: number): ReturnType<Groups['findGroupByChat']> {
    const known = await find(sql, chatId);
    return known ? { groupId: known.groupId, botId: known.botId, chatId: known.chatId } : null;
  }

  async function migrateChat(botId: number, fromChatId: number, toChatId: number): Promise<void> {
    await sql.transaction(async (statements) => {
      // Nobody makes a group for the new chat id at the same time.
      await statements.query('revision_lock', 'select from revision for update', []);
      const values = [botId, fromChatId, toChatId];
      const [elder] = await statements.query<{ groupId: GroupId }>('group_migrate', MIGRATE, values);
      if (!elder) return;
      await statements.query('group_move', MOVE, [elder.groupId, toChatId]);
      await moveWork(statements, { botId, fromChatId, toChatId, at: now() });
    });
  }

  return { ensureGroup, listGroups, findGroupByChat, migrateChat };
}

async function find(statements: Statements, chatId: number): Promise<GroupRow | undefined> {
  const [row] = await statements.query<GroupRow>('group_find', FIND, [chatId]);
  return row;
}

/** Under the lock of the revision, so that of two at once one makes the group and the other finds it. */
function make(sql: Sql, chat: SeenChat, first: GroupPolicy) {
  return sql.transaction(async (statements) => {
    const revision = await bumpRevision(statements);
    const known = await find(statements, chat.chatId);
    if (known) return known;
    const group: Group = { ...chat, groupId: `g${randomBytes(8).toString('hex')}` };
    const { groupId, botId, chatId, type, title, username = null } = group;
    await statements.query('group_insert', INSERT, [groupId, botId, chatId, type, title, username]);
    await insertPolicy(statements, { groupId, revision, policy: first });
    return { group, revision, isNew: true };
  });
}

function hasChanged(known: GroupRow, seen: SeenChat): boolean {
  return known.title !== seen.title || known.type !== seen.type || known.username !== (seen.username ?? null);
}
