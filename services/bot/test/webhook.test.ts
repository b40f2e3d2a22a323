import { expect, test } from 'vitest';
import { WEBHOOK_PATH } from '../src/receive/webhook.ts';
import { aTelegramMessage } from './telegram-builders.ts';
import { aWorld, startWebhookBot } from './a-running-bot.ts';

test('with WEBHOOK_URL the bot tells Telegram where it is, and takes what comes there', async () => {
  const world = await aWorld();
  const { seen, port, url, secret } = await startWebhookBot(world);
  expect(url).toBe(`http://127.0.0.1:${port}${WEBHOOK_PATH}`);
  const [chat] = world.human.chats();
  const message = aTelegramMessage({
    chat: { id: world.chat, type: 'supergroup', title: chat?.title ?? '' },
    from: { id: world.ann.id, is_bot: false, first_name: 'Ann' },
  });
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify({ update_id: 5, message }),
  });
  expect(answer.status).toBe(200);
  expect(seen.events).toHaveLength(1);
});
