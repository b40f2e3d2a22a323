import { expect, test } from 'vitest';
import { findFaults, isClean, type Observed } from './obligations.ts';

const BOT = 1;
const effect = (over: object) => ({ atMs: 0, chatId: -1, byId: BOT, ...over });
const clean = {
  botId: BOT,
  said: [
    { chatId: -1, messageId: 1, senderId: 10, spam: true },
    { chatId: -1, messageId: 2, senderId: 11, spam: false },
  ],
  effects: [
    effect({ kind: 'messageDeleted', messageId: 1 }),
    effect({ kind: 'memberRestricted', userId: 10, untilDate: 7 }),
    effect({ kind: 'messageSent', messageId: 3 }),
  ],
  judged: new Set(['-1 1', '-1 2']),
  notices: { unknown: 0 },
} as unknown as Observed;
const without = (kind: string) => clean.effects.filter((one) => one.kind !== kind);
const plus = (over: object) => [...clean.effects, effect(over)];

test('the same message id in another chat is another message', () => {
  const effects = plus({ kind: 'messageDeleted', messageId: 2, chatId: -2 });
  expect(isClean(findFaults({ ...clean, effects } as unknown as Observed))).toBe(true);
});

test('a run that did what was owed is clean', () => {
  expect(isClean(findFaults(clean))).toBe(true);
});

test('the same sanction repeated, what others did, and a notice that is admitted to be lost are no faults', () => {
  const repeated = plus({ kind: 'memberRestricted', userId: 10, untilDate: 7 });
  const byOthers = plus({ kind: 'messageDeleted', messageId: 2, byId: 10 });
  const lost = { effects: without('messageSent'), notices: { unknown: 1 } };
  for (const over of [{ effects: repeated }, { effects: byOthers }, lost]) {
    expect(isClean(findFaults({ ...clean, ...over } as Observed))).toBe(true);
  }
});

test.each([
  ['a deletion that is missing', { effects: without('messageDeleted') }, 'notDeleted'],
  ['a sanction that is missing', { effects: without('memberRestricted') }, 'notSanctioned'],
  ['a notice that is missing', { effects: without('messageSent') }, 'noticesMissing'],
  ['a notice that was sent twice', { effects: plus({ kind: 'messageSent', messageId: 4 }) }, 'noticesDoubled'],
  [
    'a second sanction with another end',
    { effects: plus({ kind: 'memberRestricted', userId: 10, untilDate: 8 }) },
    'sanctionsDoubled',
  ],
  ['an honest message that is gone', { effects: plus({ kind: 'messageDeleted', messageId: 2 }) }, 'wronglyDeleted'],
  ['a message that nobody judged', { judged: new Set(['-1 1']) }, 'neverJudged'],
] as const)('%s is found', (_name, over, fault) => {
  expect(findFaults({ ...clean, ...over } as Observed)).toMatchObject({ [fault]: 1 });
});
