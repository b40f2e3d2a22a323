import type { Decision } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCardAction, aCorrection, aDecision, anId } from '../test/samples.ts';

const under = aStoreForAll();

async function aPlannedCard(over: Partial<Decision> = {}) {
  const cardId = anId();
  const base = aDecision({ band: 'ask', ...over });
  const decision = { ...base, actions: [aCardAction({ ...base, chatId: -5 }, cardId)] };
  await under.store.decisions.commitDecisions([decision]);
  return { decision, cardId };
}

describe('a card', () => {
  it('knows the message it asks about, wherever it is to stand', async () => {
    const { decision, cardId } = await aPlannedCard();
    const { groupId, botId, chatId, eventId, verdictId, senderKey, senderAs, senderSealed, traceparent } = decision;
    const about = { groupId, botId, chatId, eventId, verdictId, senderKey, senderAs, senderSealed, traceparent };
    const card = await under.store.cards.findCard(cardId);
    expect(card).toEqual({ id: cardId, ...about, messageId: 7, state: 'planned' });
  });

  it('of a sender who cannot be sanctioned has no sealed id', async () => {
    const cardId = anId();
    const { senderSealed: _sealed, ...base } = aDecision({ band: 'ask' });
    await under.store.decisions.commitDecisions([{ ...base, actions: [aCardAction(base, cardId)] }]);
    expect(await under.store.cards.findCard(cardId)).not.toHaveProperty('senderSealed');
  });

  it('is open where it was posted', async () => {
    const { cards } = under.store;
    const { decision, cardId } = await aPlannedCard();
    await cards.cardPosted(cardId, { chatId: -5, messageId: 70 });
    const open = await cards.findOpenCard(decision.groupId, 7);
    expect(open).toMatchObject({ id: cardId, state: 'open', cardChatId: -5, cardMessageId: 70 });
  });

  it('that stands in the chat is found before a later one about the same message that is only planned', async () => {
    const { cards } = under.store;
    const { decision, cardId } = await aPlannedCard();
    await cards.cardPosted(cardId, { chatId: -5, messageId: 70 });
    for (let i = 0; i < 4; i += 1) await aPlannedCard({ groupId: decision.groupId });
    expect((await cards.findOpenCard(decision.groupId, 7))?.id).toBe(cardId);
  });

  it('that was closed while it was being posted stays closed, and can be edited', async () => {
    const { cards, corrections } = under.store;
    const { decision, cardId } = await aPlannedCard();
    await corrections.commitCorrection(aCorrection(decision), 'cleared', []);
    await cards.cardPosted(cardId, { chatId: -5, messageId: 70 });
    expect(await cards.findCard(cardId)).toMatchObject({ state: 'closed', cardChatId: -5, cardMessageId: 70 });
  });

  it('is not found by what is no card id', async () => {
    expect(await under.store.cards.findCard('anything; a button may say')).toBeNull();
    expect(await under.store.cards.findCard(anId())).toBeNull();
  });
});
