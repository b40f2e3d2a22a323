/** Groups as if the bot had seen their chats, thousands in a few statements. */
import { policyFromPreset, type GroupId } from '@chatwarden/contracts';
import type { Sql } from '@chatwarden/store';

export const BOT_ID = 7_000_001;
const FIRST_CHAT = -1_002_000_000_000;
const BATCH = 1000;

const GROUPS = `
insert into chat_group (group_id, bot_id, chat_id, type, title)
select group_id, $3, chat_id, 'supergroup', 'Chat ' || chat_id
from unnest($1::text[], $2::bigint[]) as made (group_id, chat_id)`;
const POLICIES = `insert into policy (group_id, revision, policy) select unnest($1::text[]), $2, $3::jsonb`;
const BUMP = `update revision set value = value + 1 returning value`;

export function groupIdOf(n: number): GroupId {
  return `g${n.toString(16).padStart(16, '0')}`;
}

export function chatIdOf(n: number): number {
  return FIRST_CHAT - n;
}

export async function makeChats(sql: Sql, count: number): Promise<void> {
  const policy = JSON.stringify(policyFromPreset('balanced', 'observe'));
  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => from + n);
    const ids = numbers.map(groupIdOf);
    await sql.transaction(async ({ query }) => {
      const [revision] = await query<{ value: number }>('', BUMP, []);
      await query('', GROUPS, [ids, numbers.map(chatIdOf), BOT_ID]);
      await query('', POLICIES, [ids, revision?.value, policy]);
    });
  }
}
