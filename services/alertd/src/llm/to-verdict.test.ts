import { verdictId } from '@chatwarden/contracts';
import { aPolicy, aVerdict, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { toVerdict } from './to-verdict.ts';

const asked = aVerdict({ band: 'ask', score: 0.7, priorOffences: 2 });
const when = { policy: aPolicy(), revision: 9, answeredAt: NOON + 5000 };

describe('an opinion', () => {
  it('that it is spam makes the ask an act, which says why and keeps all the rest', () => {
    const verdict = toVerdict(asked, { spam: true, confidence: 0.93 }, when);
    expect(verdict).toEqual({
      ...asked,
      id: verdictId(asked.eventId, 'llm'),
      stage: 'llm',
      supersedes: asked.id,
      band: 'act',
      score: expect.closeTo(0.969, 3) as number,
      checks: [...asked.checks, expect.objectContaining({ name: 'llm', fired: true })],
      reasons: ['a language model calls it spam and is 93 % sure', ...asked.reasons],
      revision: 9,
      judgedAt: NOON + 5000,
      traceparent: expect.stringContaining(asked.eventId) as string,
    });
  });

  it.each([
    ['that it is none', { spam: false, confidence: 1 }],
    ['that is a shrug', { spam: true, confidence: 0.79 }],
    ['that is sure of nothing', { spam: true, confidence: 0 }],
  ])('%s changes nothing', (_, opinion) => {
    expect(toVerdict({ ...asked, score: 0.89 }, opinion, when)).toBeNull();
  });

  it('that does not carry the score to where the group acts changes nothing', () => {
    const opinion = { spam: true, confidence: 0.85 };
    expect(toVerdict({ ...asked, score: 0.6 }, opinion, when)).toBeNull();
    const strict = { ...when, policy: aPolicy({ bands: { act: 0.8, ask: 0.4 } }) };
    expect(toVerdict({ ...asked, score: 0.6 }, opinion, strict)).toMatchObject({ band: 'act' });
  });

  it('weighs what the group lets it weigh', () => {
    const checks = { llm: { enabled: true, factor: 0.1 } };
    const little = { ...when, policy: aPolicy({ checks }) };
    expect(toVerdict(asked, { spam: true, confidence: 0.98 }, little)).toBeNull();
  });

  it.each([0, 0.4, 0.7, 0.9, 1])(
    'never lowers a score of %s, and one that is sure of itself weighs no more for it',
    (score) => {
      const open = { ...when, policy: aPolicy({ bands: { act: 0, ask: 0 } }) };
      const sure = toVerdict({ ...asked, score }, { spam: true, confidence: 1 }, open);
      const nearly = toVerdict({ ...asked, score }, { spam: true, confidence: 0.98 }, open);
      expect(sure?.score).toBeGreaterThanOrEqual(Math.min(score, 0.999));
      expect(sure?.score).toBeLessThanOrEqual(1);
      expect(sure?.score).toBe(nearly?.score);
    },
  );
});
