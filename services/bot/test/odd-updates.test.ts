import type { Update } from '@grammyjs/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aWorld, startWebhookBot } from './a-running-bot.ts';
import { aTelegramMessage, ANN } from './telegram-builders.ts';

type Kind = Exclude<keyof Update, 'update_id'>;

/** What becomes of an update of each kind. A kind that Telegram adds does not compile until somebody has decided. */
const KINDS: Readonly<Record<Kind, 'event' | 'handled' | 'acknowledged'>> = {
  message: 'event',
  edited_message: 'event',
  callback_query: 'handled',
  my_chat_member: 'handled',
  chat_member: 'handled',
  channel_post: 'acknowledged',
  edited_channel_post: 'acknowledged',
  business_connection: 'acknowledged',
  business_message: 'acknowledged',
  edited_business_message: 'acknowledged',
  deleted_business_messages: 'acknowledged',
  guest_message: 'acknowledged',
  stopped_message_generation: 'acknowledged',
  message_reaction: 'acknowledged',
  message_reaction_count: 'acknowledged',
  inline_query: 'acknowledged',
  chosen_inline_result: 'acknowledged',
  shipping_query: 'acknowledged',
  pre_checkout_query: 'acknowledged',
  purchased_paid_media: 'acknowledged',
  poll: 'acknowledged',
  poll_answer: 'acknowledged',
  chat_join_request: 'acknowledged',
  chat_boost: 'acknowledged',
  removed_chat_boost: 'acknowledged',
  managed_bot: 'acknowledged',
  subscription: 'acknowledged',
};
const ALL = Object.keys(KINDS) as Kind[];

/** A bot that receives by webhook, and Telegram's side of it. */
async function aWebhookBot() {
  const world = await aWorld();
  const { seen, url, secret } = await startWebhookBot(world);
  const chat = { id: world.chat, type: 'supergroup', title: 'Balcony gardeners' } as const;
  let updateId = 1000;
  const post = async (update: object) => {
    const body = JSON.stringify({ update_id: (updateId += 1), ...update });
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
    const answer = await fetch(url, { method: 'POST', headers, body });
    return answer.status === 200 ? 200 : `${answer.status} ${await answer.text()}`;
  };
  const goodMessage = (text: string) => aTelegramMessage({ chat, from: ANN, message_id: (updateId += 1), text });
  return { seen, chat, post, goodMessage };
}

describe('every kind of update', () => {
  test.each([
    ['with a chat and a person', (chat: object) => ({ chat, from: ANN, date: 1_700_000_000, message_id: 5 })],
    ['with nothing in it', () => ({})],
    ['that is no object', () => 'garbage'],
    ['that is null', () => null],
    ['that is a list', () => [[], 7]],
  ])('is taken %s, and what comes after it is judged', async (_name, content) => {
    const { seen, chat, post, goodMessage } = await aWebhookBot();
    const statuses = new Set<number | string>();
    for (const kind of ALL) statuses.add(await post({ [kind]: content(chat) }));
    expect([...statuses]).toEqual([200]);
    expect(await post({ message: goodMessage('still here') })).toBe(200);
    expect(seen.events.at(-1)).toMatchObject({ message: { text: 'still here' } });
  });

  test('with keys that mean something to JavaScript', async () => {
    const { seen, post, goodMessage } = await aWebhookBot();
    const update = JSON.parse('{"message":{"__proto__":{"text":"x"},"constructor":{"prototype":{}}}}') as object;
    expect(await post(update)).toBe(200);
    expect(await post({ message: { ...goodMessage('still here'), ['__proto__']: { text: 'not this' } } })).toBe(200);
    expect(seen.events.at(-1)).toMatchObject({ message: { text: 'still here' } });
  });

  test('whatever its fields hold', async () => {
    const { seen, chat, post, goodMessage } = await aWebhookBot();
    const fields = fc.dictionary(
      fc.constantFrom(
        'from',
        'sender_chat',
        'text',
        'entities',
        'date',
        'photo',
        'reply_to_message',
        'via_bot',
        'poll',
      ),
      fc.jsonValue({ maxDepth: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ALL), fields, fc.boolean(), async (kind, odd, sound) => {
        const around = sound ? { chat, from: ANN, date: 1_700_000_000, message_id: 7 } : {};
        expect(await post({ [kind]: { ...around, ...odd } })).toBe(200);
      }),
      { numRuns: 300 },
    );
    expect(await post({ message: goodMessage('still here') })).toBe(200);
    expect(seen.events.at(-1)).toMatchObject({ message: { text: 'still here' } });
  });

  test('that is an event becomes one, and none of the others does', async () => {
    const { seen, post, goodMessage } = await aWebhookBot();
    const became: Kind[] = [];
    for (const kind of ALL) {
      const before = seen.events.length;
      await post({
        [kind]: { ...goodMessage('hello'), edit_date: kind === 'edited_message' ? 1_700_000_009 : undefined },
      });
      if (seen.events.length > before) became.push(kind);
    }
    expect(became).toEqual(ALL.filter((kind) => KINDS[kind] === 'event'));
  });
});
