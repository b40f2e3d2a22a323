import { verdictId, type Action, type Sanction } from '@chatwarden/contracts';
import { BOT_ID, CHAT_ID, GROUP_ID, NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { planCalls } from './calls.ts';

let serial = 0;
function row(part: Partial<Action> & Pick<Action, 'kind' | 'target'>, wasSending = false) {
  serial += 1;
  const base = {
    id: verdictId(String(serial), 'x'),
    groupId: GROUP_ID,
    botId: BOT_ID,
    chatId: CHAT_ID,
    cause: 'c'.repeat(32),
    traceparent: '',
    receivedAt: NOON,
  };
  return { action: { ...base, ...part } as Action, tries: 1, wasSending };
}
const deletion = (messageId: number) => row({ kind: 'deleteMessage', target: { messageId } });
const sanction = (kind: Sanction['kind'], key: string, until?: number) =>
  row({ kind, target: { sender: 's', key, as: 'user' }, ...(until === undefined ? {} : { until }) } as never);

describe('rows become calls', () => {
  test('a hundred deletions share a call', () => {
    const { deletions } = planCalls(
      Array.from({ length: 250 }, (_, id) => deletion(id)),
      NOON,
    ).phases;
    expect(deletions.map((call) => (call.kind === 'delete' ? call.actions.length : 0))).toEqual([100, 100, 50]);
  });

  test('one sender is banned once, however many messages asked for it', () => {
    const { sanctions } = planCalls([sanction('ban', 'a'), sanction('ban', 'b'), sanction('ban', 'a')], NOON).phases;
    expect(sanctions.map((call) => (call.kind === 'sanction' ? call.actions.length : 0))).toEqual([2, 1]);
  });

  test('the longer of two sanctions stands', () => {
    const [call] = planCalls([sanction('restrict', 'a', NOON + 90_000), sanction('restrict', 'a')], NOON).phases
      .sanctions;
    expect(call).toMatchObject({
      kind: 'sanction',
      sanction: expect.not.objectContaining({ until: expect.anything() }),
    });
  });

  test('a ban and its lift are two calls, in order', () => {
    const { sanctions } = planCalls([sanction('ban', 'a'), sanction('unban', 'a')], NOON).phases;
    expect(sanctions.map((call) => (call.kind === 'sanction' ? call.sanction.kind : ''))).toEqual(['ban', 'unban']);
  });

  test('cards and notices come last, in the order they were planned', () => {
    const card = row({ kind: 'postCard', target: { cardId: 'c', text: 't' } });
    const notice = row({ kind: 'notice', target: { text: 't' } });
    expect(planCalls([notice, card], NOON).phases.messages.map((call) => call.kind)).toEqual(['notice', 'card']);
  });
});

describe('what is settled without a call', () => {
  test('a notice that may have been sent is never sent again', () => {
    const plan = planCalls([row({ kind: 'notice', target: { text: 't' } }, true)], NOON);
    expect(plan.settled).toMatchObject([{ outcome: { result: 'failed', code: 'unknownOutcome' } }]);
    expect(plan.phases.messages).toEqual([]);
  });

  test('a deletion that may have been sent is sent again', () => {
    expect(planCalls([{ ...deletion(1), wasSending: true }], NOON).phases.deletions).toHaveLength(1);
  });

  test('a sanction that is about to end is skipped, since Telegram would read it as for ever', () => {
    const plan = planCalls([sanction('restrict', 'a', NOON + 29_000), sanction('ban', 'b', NOON - 1)], NOON);
    expect(plan.settled.map(({ outcome }) => outcome)).toMatchObject([{ code: 'expired' }, { code: 'expired' }]);
  });

  test('a deletion older than Telegram allows is given up, a lift is not', () => {
    const later = NOON + 49 * 3_600_000;
    expect(planCalls([deletion(1)], later).settled).toMatchObject([{ outcome: { code: 'gaveUp' } }]);
    expect(planCalls([sanction('unban', 'a')], later).settled).toEqual([]);
  });
});

describe('questions', () => {
  const card = (n: number) => row({ kind: 'postCard', target: { cardId: String(n).padStart(32, '0'), text: 'Spam?' } });

  test('are asked one by one while there are few', () => {
    const { messages } = planCalls(
      Array.from({ length: 10 }, (_, n) => card(n)),
      NOON,
    ).phases;
    expect(messages.map((call) => call.kind)).toEqual(Array.from({ length: 10 }, () => 'card'));
  });

  test('beyond what a group takes become one with a count, and answers to the others go on', () => {
    const closing = row({ kind: 'closeCard', target: { cardId: 'c'.repeat(32), text: 'done' } });
    const { messages } = planCalls([...Array.from({ length: 35 }, (_, n) => card(n)), closing], NOON).phases;
    const [last] = messages.slice(-1);
    expect(messages.filter((call) => call.kind === 'card')).toHaveLength(11);
    expect(last?.kind === 'foldedCards' ? last.actions.length : 0).toBe(25);
  });
});
