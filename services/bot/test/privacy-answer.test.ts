import { expect, test } from 'vitest';
import { aWorld, BOT_ID, startBot, until } from './a-running-bot.ts';

test.each([
  [undefined, /nothing is passed on\.\n/],
  ['https://llm.example/v1', /nothing is passed on, but for this:\n.*a language model at llm\.example is asked/],
])('/privacy with the language model %s says what is passed on', async (url, words) => {
  const world = await aWorld();
  await startBot(world, { config: url === undefined ? {} : { LLM_URL: url } });
  const chat = world.human.startBot({ user: world.ann.id, bot: BOT_ID });
  world.human.talk({ chat, from: world.ann.id, message: { text: '/privacy' } });
  const answerOf = () => world.human.messages({ chat }).find(({ message }) => message.text?.startsWith('Privacy'));
  await until(() => answerOf() !== undefined);
  expect(answerOf()?.message.text).toMatch(words);
});
