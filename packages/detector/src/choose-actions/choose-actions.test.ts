import { policyFromPreset, verdictId, type Correction } from '@chatwarden/contracts';
import { aPolicy, aVerdict, NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { chooseActions } from './choose-actions.ts';
import { chooseCorrectionActions, standingAfter } from './choose-correction-actions.ts';

const kinds = (...args: Parameters<typeof chooseActions>) => chooseActions(...args).map((action) => action.kind);

describe('what follows from a verdict', () => {
  test('nothing, a question, or deletion and sanction', () => {
    expect(kinds(aVerdict({ band: 'allow' }), aPolicy())).toEqual([]);
    expect(kinds(aVerdict({ band: 'ask' }), aPolicy())).toEqual(['postCard']);
    expect(kinds(aVerdict(), aPolicy())).toEqual(['deleteMessage', 'restrict']);
  });

  test('every message of the incident is deleted', () => {
    const verdict = aVerdict({ targets: { messageIds: [3, 4, 5], sender: 's' } });
    expect(kinds(verdict, aPolicy())).toEqual(['deleteMessage', 'deleteMessage', 'deleteMessage', 'restrict']);
  });

  test('the ladder grows harder with each offence', () => {
    const steps = [0, 1, 2].map((priorOffences) =>
      kinds(aVerdict({ priorOffences }), policyFromPreset('relaxed', 'enforce')).at(-1),
    );
    expect(steps).toEqual(['deleteMessage', 'restrict', 'ban']);
  });

  test('a restriction ends at a stated time', () => {
    const verdict = aVerdict();
    expect(chooseActions(verdict, aPolicy()).at(-1)).toMatchObject({ until: verdict.judgedAt + 86_400_000 });
  });

  test('a channel is banned, since it cannot be restricted', () => {
    const verdict = aVerdict({ sender: { key: 'a'.repeat(32), as: 'channel', role: 'member' } });
    expect(chooseActions(verdict, aPolicy()).at(-1)).toMatchObject({ kind: 'ban', target: { as: 'channel' } });
  });

  test('nobody is sanctioned whose id was not sealed, or who must not be', () => {
    expect(kinds(aVerdict({ targets: { messageIds: [1] } }), aPolicy())).toEqual(['deleteMessage']);
    expect(kinds(aVerdict({ sender: { key: 'a'.repeat(32), as: 'user', role: 'creator' } }), aPolicy())).toEqual([
      'deleteMessage',
    ]);
  });

  test('a notice where the group wants one, last', () => {
    expect(kinds(aVerdict(), aPolicy({ notices: true, language: 'ru' })).at(-1)).toBe('notice');
  });

  test('a card replies to the message, or stands in the review chat', () => {
    const verdict = aVerdict({ band: 'ask' });
    expect(chooseActions(verdict, aPolicy())[0]?.target).toMatchObject({ replyTo: 1 });
    const [reviewed] = chooseActions(verdict, aPolicy({ reviewChatId: -42 }));
    expect(reviewed).toMatchObject({ chatId: -42 });
    expect(reviewed?.target).not.toHaveProperty('replyTo');
  });

  test('the same verdict gives the same ids, in observe as in enforce', () => {
    expect(chooseActions(aVerdict(), aPolicy({ mode: 'observe' }))).toEqual(chooseActions(aVerdict(), aPolicy()));
  });
});

describe("what follows from a moderator's word", () => {
  const verdict = aVerdict();
  const correction: Correction = {
    id: verdictId('c', 'x'),
    groupId: verdict.groupId,
    botId: verdict.botId,
    chatId: verdict.chatId,
    eventId: verdict.eventId,
    label: 'spam',
    source: 'card',
    by: 'b'.repeat(32),
    messageId: 1,
    senderKey: verdict.sender.key,
    senderAs: 'user',
    senderSealed: 's',
    at: NOON,
    traceparent: verdict.traceparent,
    revision: 1,
  };
  const card = { id: verdictId('card', 'x') };
  const policy = aPolicy();
  const chosen = (over: Partial<Correction>, facts = {}) =>
    chooseCorrectionActions({
      correction: { ...correction, ...over },
      sanction: null,
      card: null,
      policy,
      ...facts,
    }).map((action) => action.kind);

  test('spam: the message goes, the sender is banned for good, the card ends', () => {
    expect(chosen({}, { card })).toEqual(['deleteMessage', 'ban', 'closeCard']);
    const { senderSealed: _unknown, ...unsealed } = correction;
    expect(
      chooseCorrectionActions({ correction: unsealed, sanction: null, card: null, policy }).map(
        (action) => action.kind,
      ),
    ).toEqual(['deleteMessage']);
  });

  test('ham: whatever the sender is under is lifted', () => {
    const target = { sender: 's', key: verdict.sender.key, as: 'user' } as const;
    expect(chosen({ label: 'ham' }, { card, sanction: { kind: 'restrict', target } })).toEqual([
      'unrestrict',
      'closeCard',
    ]);
    expect(chosen({ label: 'ham' }, { sanction: { kind: 'ban', target } })).toEqual(['unban']);
  });

  test('ham for a sender who is under nothing lifts nothing', () => {
    expect(chosen({ label: 'ham' })).toEqual([]);
  });

  test('the sender is remembered', () => {
    expect([standingAfter('spam'), standingAfter('ham')]).toEqual(['sanctioned', 'cleared']);
  });
});
