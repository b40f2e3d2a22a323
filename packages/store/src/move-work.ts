/**
 * What waits in the ledger when a chat becomes a supergroup. Message ids of the old chat say nothing in the new one: what
 * names a message ends, and so does the question about one. What concerns people goes on in the new chat; a notice that
 * may have been sent already is not sent again.
 */
import type { Millis } from '@chatwarden/contracts';
import type { Statements } from './sql/sql.ts';

const CLOSE_CARDS = `update card set state = 'closed' where bot_id = $1 and chat_id = $2 and state <> 'closed'`;

const END = `
update action set state = 'failed', ended_at = $3, outcome =
  '{"result": "failed", "code": "chatMigrated", "text": "the message stayed behind when the chat became a supergroup"}'
where bot_id = $1 and chat_id = $2 and ended_at is null
  and (action->>'kind' in ('deleteMessage', 'closeCard') or (action->>'kind' = 'notice' and state = 'sending'))`;

const MAKE_LANE = `
insert into lane (bot_id, chat_id, group_id) select bot_id, $3, group_id from lane where bot_id = $1 and chat_id = $2
on conflict do nothing`;

const MOVE = `
update action set chat_id = $3, state = 'planned', sent_epoch = 0, not_before = 0,
  action = jsonb_set(action #- '{target,replyTo}', '{chatId}', to_jsonb($3::bigint))
where bot_id = $1 and chat_id = $2 and ended_at is null`;

export interface ChatMove {
  botId: number;
  fromChatId: number;
  toChatId: number;
  at: Millis;
}

export async function moveWork(statements: Statements, { botId, fromChatId, toChatId, at }: ChatMove): Promise<void> {
  await statements.query('move_close_cards', CLOSE_CARDS, [botId, fromChatId]);
  await statements.query('move_end', END, [botId, fromChatId, at]);
  await statements.query('move_make_lane', MAKE_LANE, [botId, fromChatId, toChatId]);
  await statements.query('move_rows', MOVE, [botId, fromChatId, toChatId]);
}
