import { isDeepStrictEqual } from 'node:util';
import type { Sql } from './sql/sql.ts';
import type { SteeredGroup, SteeredGroups } from './steered-port.ts';

const COLUMNS = `group_id as "groupId", chat_id as "chatId", cluster, claimant`;
const FIND = `select ${COLUMNS} from steered_group where group_id = $1`;
const NOTE = `
insert into steered_group (group_id, chat_id, cluster, claimant) values ($1, $2, $3, $4)
on conflict (group_id) do update
set chat_id = excluded.chat_id, cluster = excluded.cluster, claimant = excluded.claimant`;
const LIST = `select ${COLUMNS} from steered_group where cluster = $1 order by group_id`;
const FORGET = `delete from steered_group where group_id = $1 and cluster = $2 and claimant = $3`;

export function createSteeredGroups(sql: Sql): SteeredGroups {
  return {
    async noteSteered({ groupId, chatId, cluster, claimant }) {
      const [known] = await sql.query<SteeredGroup>('steered_find', FIND, [groupId]);
      if (isDeepStrictEqual({ ...known }, { groupId, chatId, cluster, claimant })) return;
      await sql.query('steered_note', NOTE, [groupId, chatId, cluster, claimant]);
    },
    listSteered: (cluster) => sql.query<SteeredGroup>('steered_list', LIST, [cluster]),
    async forgetSteered({ groupId, cluster, claimant }) {
      await sql.query('steered_forget', FORGET, [groupId, cluster, claimant]);
    },
  };
}
