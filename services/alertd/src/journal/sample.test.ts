import { anEvent, aVerdict } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { sample } from './sample.ts';

const verdicts = (n: number, over: Parameters<typeof aVerdict>[0]) =>
  Array.from({ length: n }, (_, id) => aVerdict(over, anEvent({ message: { messageId: id } })));
const weight = (kept: ReturnType<typeof sample>) => kept.reduce((sum, one) => sum + one.weight, 0);

describe('what the journal keeps', () => {
  test('every verdict that was acted on, asked about or said by a moderator', () => {
    const all = [
      ...verdicts(50, { band: 'act' }),
      ...verdicts(50, { band: 'ask' }),
      ...verdicts(50, { band: 'allow', stage: 'moderator' }),
    ];
    expect(sample(all, 1).map((one) => one.verdict)).toEqual(all);
  });

  test('allowed ones up to a number per group and batch, each saying how many it stands for', () => {
    const kept = sample([...verdicts(100, { band: 'allow' }), ...verdicts(3, { band: 'allow', groupId: 'gother' })], 8);
    expect(kept).toHaveLength(8 + 3);
    expect(weight(kept)).toBeCloseTo(103);
  });

  test('the same sample for the same batch, so that redelivery writes the same documents', () => {
    const batch = verdicts(30, { band: 'allow' });
    expect(sample(batch, 4)).toEqual(sample(batch, 4));
    expect(new Set(sample(batch, 4).map((one) => one.verdict.id)).size).toBe(4);
  });

  test('everything when told so', () => {
    expect(sample(verdicts(500, { band: 'allow' }), Infinity)).toHaveLength(500);
  });
});
