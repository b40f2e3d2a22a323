import type { Sql } from './sql/sql.ts';
import type { Card, Cards } from './store.ts';

const COLUMNS = `id, group_id as "groupId", bot_id as "botId", chat_id as "chatId", event_id as "eventId",
  verdict_id as "verdictId", message_id as "messageId", sender_key as "senderKey", sender_as as "senderAs",
  sender_sealed as "senderSealed", traceparent, state, card_chat_id as "cardChatId", card_message_id as "cardMessageId"`;

const FIND = `select ${COLUMNS} from card where id = $1`;
const FIND_OPEN = `
select ${COLUMNS} from card where group_id = $1 and message_id = $2 and state <> 'closed'
order by card_message_id is null, id limit 1`;
/** A card that was closed while it was being posted stays closed; where it stands is needed to edit it. */
const POSTED = `
update card set card_chat_id = $2, card_message_id = $3, state = case state when 'planned' then 'open' else state end
where id = $1`;

/** The id comes back from Telegram inside a button, and may be anything. */
const CARD_ID = /^[0-9a-f]{32}$/;

type CardRow = Omit<Card, 'senderSealed' | 'cardChatId' | 'cardMessageId'> & {
  senderSealed: string | null;
  cardChatId: number | null;
  cardMessageId: number | null;
};

export function createCards(sql: Sql): Cards {
  async function findCard(id: string): Promise<Card | null> {
    if (!CARD_ID.test(id)) return null;
    const [row] = await sql.query<CardRow>('card_find', FIND, [id]);
    return row ? toCard(row) : null;
  }

  async function findOpenCard(groupId: string, messageId: number): Promise<Card | null> {
    const [row] = await sql.query<CardRow>('card_find_open', FIND_OPEN, [groupId, messageId]);
    return row ? toCard(row) : null;
  }

  async function cardPosted(id: string, at: { chatId: number; messageId: number }): Promise<void> {
    await sql.query('card_posted', POSTED, [id, at.chatId, at.messageId]);
  }

  return { findCard, findOpenCard, cardPosted };
}

function toCard({ senderSealed, cardChatId, cardMessageId, ...card }: CardRow): Card {
  return {
    ...card,
    ...(senderSealed === null ? {} : { senderSealed }),
    ...(cardChatId === null ? {} : { cardChatId }),
    ...(cardMessageId === null ? {} : { cardMessageId }),
  };
}
