/** What a language model adds to standalone: a message that moderators were asked about is removed on its word. */
import { expect, test } from 'vitest';
import { answer, startFakeLlm } from '../../services/alertd/test/fake-llm.ts';
import { aCommunity, until } from './a-community.ts';

const DOUBTFUL = 'need two people for remote work, good pay, write me at @lucky_pay_bot';

test('a doubtful message is removed on the word of the model, and its card stays for taking it back', async () => {
  const llm = await startFakeLlm();
  llm.script({ content: (request) => answer(request, { confidence: 0.98 }) });
  const { app, fake, chat, member, spammer } = await aCommunity({ LLM_URL: llm.url, LLM_MODEL: 'tiny' });
  fake.human.talk({ chat, from: member, message: { text: 'good morning, gardeners' } });
  const group = await until(async () => (await app.store.groups.listGroups())[0]);
  // Nothing is acted on without the model, and much is asked about.
  await app.store.settings.changePolicy(group.groupId, (policy) => ({
    ...policy,
    bands: { act: 0.9995, ask: 0.001 },
    checks: { llm: { enabled: true, factor: 5 } },
  }));
  const doubtful = fake.human.talk({ chat, from: spammer, message: { text: DOUBTFUL } });

  const deleted = () =>
    fake.record.effects.some((effect) => effect.kind === 'messageDeleted' && effect.messageId === doubtful.message_id);
  await until(deleted);
  await until(() =>
    fake.record.effects.some((effect) => effect.kind === 'memberRestricted' && effect.userId === spammer),
  );
  const decision = await until(() =>
    app.store.decisions.findDecision({ groupId: group.groupId, messageId: doubtful.message_id }),
  );
  expect(decision).toMatchObject({ stage: 'llm', band: 'act', mode: 'enforce' });
  expect(await app.store.cards.findOpenCard(group.groupId, doubtful.message_id)).not.toBeNull();
  const { events } = await app.logStore.search({ dataset: 'chatwarden.verdict', stage: 'llm', limit: 10 });
  expect(events.map(({ chatwarden }) => chatwarden?.messageId)).toContain(doubtful.message_id);
  expect(llm.requests.map(({ data }) => data).join()).not.toContain('lucky');
});
