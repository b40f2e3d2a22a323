import { expect, test } from 'vitest';
import { findFaults, isClean, type Observed } from './obligations.ts';

const clean = {
  said: [
    { messageId: 1, senderId: 10, spam: true },
    { messageId: 2, senderId: 11, spam: false },
  ],
  effects: [
    { kind: 'messageDeleted', messageId: 1, atMs: 0, chatId: -1, byId: 1 },
    { kind: 'memberRestricted', userId: 10, atMs: 0, chatId: -1, byId: 1 },
  ],
  apiCalls: [{ method: 'sendMessage', ok: true, params: { chat_id: -1, text: 'hello' } }],
  judged: new Set([1, 2]),
} as unknown as Observed;

test('a run that did what was owed is clean', () => {
  expect(isClean(findFaults(clean))).toBe(true);
});

test.each([
  ['a deletion that is missing', { effects: clean.effects.slice(1) }, 'notDeleted'],
  ['a sanction that is missing', { effects: clean.effects.slice(0, 1) }, 'notSanctioned'],
  [
    'an honest message that is gone',
    { effects: [...clean.effects, { ...clean.effects[0], messageId: 2 }] },
    'wronglyDeleted',
  ],
  ['a message that nobody judged', { judged: new Set([1]) }, 'neverJudged'],
  ['a notice that was sent twice', { apiCalls: [...clean.apiCalls, ...clean.apiCalls] }, 'noticesDoubled'],
] as const)('%s is found', (_name, over, fault) => {
  expect(findFaults({ ...clean, ...over } as Observed)).toMatchObject({ [fault]: 1 });
});
