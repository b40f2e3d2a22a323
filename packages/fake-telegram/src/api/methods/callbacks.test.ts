import { describe, expect, it } from 'vitest';
import { BOT_ID, aGroup, confirmAll, refusal } from '../../../test/a-group.ts';

async function aCard() {
  const group = await aGroup();
  const card = await group.api.sendMessage(group.chat, 'Spam?', {
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
  });
  await confirmAll(group.api);
  const press = (data: string) =>
    group.human.press({ chat: group.chat, user: group.owner.id, id: card.message_id, data });
  return { ...group, card, press };
}

describe('a pressed button', () => {
  it('comes to the bot, whose answer is kept', async () => {
    const { api, press, card, owner, human, fake } = await aCard();
    const { id } = press('yes');
    const [update] = await api.getUpdates();
    expect(update?.callback_query).toMatchObject({
      id,
      from: { id: owner.id },
      data: 'yes',
      message: { message_id: card.message_id, text: 'Spam?' },
    });
    await api.answerCallbackQuery(id, { text: 'Deleted', show_alert: true });
    expect(human.presses()).toMatchObject([{ id, answer: { text: 'Deleted', showAlert: true } }]);
    expect(fake.record.effects.at(-1)).toMatchObject({ kind: 'pressAnswered', byId: BOT_ID, text: 'Deleted' });
  });

  it('can be answered once, and not late', async () => {
    const { api, press, clock } = await aCard();
    const tooOld = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
    const { id } = press('yes');
    await api.answerCallbackQuery(id, { url: 'https://t.me/warden_bot?start=x' });
    expect(await refusal(api.answerCallbackQuery(id))).toBe(tooOld);
    const late = press('yes');
    clock.advance(16_000);
    expect(await refusal(api.answerCallbackQuery(late.id))).toBe(tooOld);
    expect(await refusal(api.answerCallbackQuery('unknown'))).toBe(tooOld);
  });

  it('must exist', async () => {
    const { press, human, chat, owner } = await aCard();
    expect(() => press('no')).toThrow('has no button with data "no"');
    expect(() => human.press({ chat, user: owner.id, id: 999, data: 'yes' })).toThrow('there is no message 999');
  });
});
