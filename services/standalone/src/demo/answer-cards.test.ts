import { createFakeTelegram } from '@chatwarden/fake-telegram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createModerators } from './answer-cards.ts';
import { growers } from './communities/growers.ts';
import { setUpPlace } from './stage.ts';
import { seededRandom, type Random } from './random.ts';

const BOT = { id: 700, token: '700:demo' };
const NOW_MS = 1_800_000_000_000;
const CAREFUL: Random = { ...seededRandom(1), next: () => 0.5, between: (low) => low };
const CARELESS: Random = { ...CAREFUL, next: () => 0 };
const KEYBOARD = {
  inline_keyboard: [
    [
      { text: 'Delete and ban', callback_data: 'away' },
      { text: 'Not spam', callback_data: 'stay' },
    ],
  ],
};

/** A group where the bot asks about one message of the owner. */
async function aCard({ label, random = CAREFUL }: { label: 'spam' | 'ham' | undefined; random?: Random }) {
  const fake = createFakeTelegram({ bots: [BOT], limits: 'none' });
  onTestFinished(() => fake.close());
  const { apiRoot } = await fake.listen({ port: 0 });
  const call = async (method: string, parameters: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(parameters);
    const response = await fetch(`${apiRoot}/bot${BOT.token}/${method}`, { method: 'POST', headers, body });
    return ((await response.json()) as { result: unknown }).result;
  };
  const place = setUpPlace({ fake, bot: BOT }, growers);
  const { chatId: chat, ownerId } = place;
  const { message_id: asked } = fake.human.talk({ chat, from: ownerId, message: { text: 'cheap mowers' } });
  const card = { chat_id: chat, text: 'Spam?', reply_markup: KEYBOARD, reply_parameters: { message_id: asked } };
  const { message_id: cardId } = (await call('sendMessage', card)) as { message_id: number };
  const labelOf = (_chat: number, id: number) => (id === asked ? label : undefined);
  const moderators = createModerators({ fake, bot: BOT, performer: { places: [place], labelOf }, random, speed: 1 });
  const pressed = async () => {
    const updates = (await call('getUpdates')) as { callback_query?: { data: string; from: { id: number } } }[];
    return updates.flatMap(({ callback_query: query }) => (query ? [query] : []));
  };
  const takeAway = () => call('deleteMessage', { chat_id: chat, message_id: cardId });
  return { moderators, pressed, takeAway, place };
}

describe('the moderators', () => {
  it.each([
    ['spam', 'away'],
    ['ham', 'stay'],
  ] as const)('think, then press the button that is right for %s, once', async (label, data) => {
    const { moderators, pressed, place } = await aCard({ label });
    moderators.look(NOW_MS);
    moderators.look(NOW_MS + 2900);
    expect(await pressed()).toEqual([]);
    moderators.look(NOW_MS + 3000);
    moderators.look(NOW_MS + 9000);
    expect(await pressed()).toMatchObject([{ data, from: { id: place.moderatorId } }]);
  });

  it('sometimes take spam for honest', async () => {
    const { moderators, pressed } = await aCard({ label: 'spam', random: CARELESS });
    moderators.look(NOW_MS);
    moderators.look(NOW_MS + 3000);
    expect(await pressed()).toMatchObject([{ data: 'stay' }]);
  });

  it('never take honest for spam', async () => {
    const { moderators, pressed } = await aCard({ label: 'ham', random: CARELESS });
    moderators.look(NOW_MS);
    moderators.look(NOW_MS + 3000);
    expect(await pressed()).toMatchObject([{ data: 'stay' }]);
  });

  it('leave alone what they cannot judge', async () => {
    const { moderators, pressed } = await aCard({ label: undefined });
    moderators.look(NOW_MS);
    moderators.look(NOW_MS + 9000);
    expect(await pressed()).toEqual([]);
  });

  it('do not mind a card that was taken away meanwhile', async () => {
    const { moderators, pressed, takeAway } = await aCard({ label: 'spam' });
    moderators.look(NOW_MS);
    await takeAway();
    moderators.look(NOW_MS + 9000);
    expect(await pressed()).toEqual([]);
  });
});
