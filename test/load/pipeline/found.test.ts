import { describe, expect, it } from 'vitest';
import type { Said } from '../../town/people.ts';
import { findLost, percentile, placeOf, untilVerdict, weightOf, type VerdictSeen } from './found.ts';
import { hasGrown } from './lag.ts';

const said = (count: number): Said[] =>
  Array.from({ length: count }, (_, n) => ({
    chatId: -1,
    messageId: n + 1,
    senderId: 7,
    spam: n % 10 === 9,
    atMs: 1000 * n,
  }));

/** As the journal samples a batch of thirty with room for nine allowed ones. */
const SAMPLED: VerdictSeen[] = [
  ...Array.from({ length: 9 }, (_, n) => ({ chatId: -1, messageId: n * 3 + 1, weight: 3, judgedAt: 3000 * n + 5 })),
  ...[10, 20, 30].map((messageId) => ({ chatId: -1, messageId, weight: 1, judgedAt: 1000 * (messageId - 1) + 9 })),
];
const DELETED = new Map([10, 20, 30].map((messageId) => [placeOf({ chatId: -1, messageId }), 30_000]));
const ALL = { records: 30, judged: 30, verdicts: SAMPLED, deletedAt: DELETED };
const NOTHING = { unjudged: 0, unjournalled: 0, spamUnjournalled: 0, spamUndeleted: 0 };

describe('what was lost', () => {
  it('is nothing when the weights of a sample add up to what was said', () => {
    expect(weightOf(SAMPLED)).toBe(30);
    expect(findLost(said(30), ALL)).toEqual(NOTHING);
  });

  it.each([
    ['one record of a verdict', { records: 29 }, { unjudged: 1 }],
    ['one event that no detector counted', { judged: 29 }, { unjudged: 1 }],
    ['a document that stood for three', { verdicts: SAMPLED.slice(1) }, { unjournalled: 3 }],
    ['the document of a spam', { verdicts: SAMPLED.slice(0, -1) }, { unjournalled: 1, spamUnjournalled: 1 }],
    ['a deletion', { deletedAt: new Map([...DELETED].slice(1)) }, { spamUndeleted: 1 }],
  ])('is found: %s', (_what, missing, lost) => {
    expect(findLost(said(30), { ...ALL, ...missing })).toEqual({ ...NOTHING, ...lost });
  });
});

describe('waiting', () => {
  it('is taken from the kept verdicts, each as often as it stands for', () => {
    const waited = untilVerdict(said(30), SAMPLED);
    expect(percentile(waited, 0.5)).toBe(5);
    expect(percentile(waited, 0.9)).toBe(5);
    expect(percentile(waited, 0.91)).toBe(9);
  });

  it('for nothing is no time', () => {
    expect(percentile([], 0.5)).toBe(0);
  });
});

describe('lag', () => {
  it('has grown when more waits at the end than at the beginning', () => {
    expect(hasGrown([10, 20, 500, 1000, 1500, 2000], 1000)).toBe(true);
  });

  it('has not grown by one pause', () => {
    expect(hasGrown([10, 20, 5000, 10, 20, 10], 1000)).toBe(false);
  });
});
