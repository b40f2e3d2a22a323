import { describe, expect, test } from 'vitest';
import { bandOfCase, resultOf } from '../../test/try-case.ts';
import { CASES } from './all-cases.ts';
import { CHECKS } from './all-checks.ts';
import type { Case, Cases } from './case.ts';
import type { Check } from './check.ts';

const casesOf = ({ name }: Check): Cases => {
  const cases = CASES[name];
  if (!cases) throw new Error(`no cases for the check ${name}`);
  return cases;
};
const all = (side: keyof Cases) =>
  CHECKS.flatMap((check) =>
    casesOf(check)[side].map((one) => ({ check, one, name: `${check.name}: ${titleOf(one)}` })),
  );
const titleOf = ({ text = '', note }: Case) => [text, note].filter(Boolean).join(' | ');

/** A check that only ever speaks for the sender finds its case when it does so. */
const isFound = (check: Check, weight: number) => (check.weights[1] > 0 ? weight > 0 : weight < 0);

describe('each check fires on its trick', () => {
  test.each(all('fires'))('$name', ({ check, one }) => {
    const { weight, reason } = resultOf(check, one);
    const [least, most] = check.weights;
    expect(isFound(check, weight)).toBe(true);
    expect(reason).toMatch(/\w/);
    expect(weight).toBeGreaterThanOrEqual(least);
    expect(weight).toBeLessThanOrEqual(most + 1e-9);
  });
});

describe('and not on the honest messages nearest to it', () => {
  test.each(all('honest'))('$name', ({ check, one }) => {
    const { weight, reason } = resultOf(check, one);
    expect(isFound(check, weight)).toBe(false);
    expect(reason).toMatch(/\w/);
  });
});

describe('what a finding leads to when the text says nothing', () => {
  const first = CHECKS.map((check) => ({ check, one: casesOf(check).fires[0], name: check.name }));

  test.each(first.filter(({ check }) => check.payload))('a payload of a newcomer is asked about: $name', ({ one }) => {
    expect(bandOfCase(one)).not.toBe('allow');
  });

  test.each(all('fires').filter(({ check }) => !['blockedList', 'editAddsPayload'].includes(check.name)))(
    'an approved member is left alone: $name',
    ({ one }) => {
      expect(bandOfCase(one, { standing: 'approved' })).toBe('allow');
    },
  );

  test.each(all('honest').filter(({ one }) => one.context?.standing !== 'sanctioned'))(
    'nobody honest is acted on: $name',
    ({ one }) => {
      expect(bandOfCase(one)).not.toBe('act');
    },
  );

  test('a replaced text with a link is asked about, whoever edits', () => {
    const [edit] = casesOf(CHECKS.find((check) => check.name === 'editAddsPayload') as Check).fires;
    expect(bandOfCase(edit, { standing: 'approved' })).not.toBe('allow');
  });
});

describe('the list of checks', () => {
  test('names are unique, and each check says what it looks for', () => {
    expect(new Set(CHECKS.map((check) => check.name)).size).toBe(CHECKS.length);
    expect(CHECKS.filter((check) => check.describe.length < 20)).toEqual([]);
    expect(Object.keys(CASES).toSorted()).toEqual(CHECKS.map((check) => check.name).toSorted());
  });

  test('the policy turns a check off, or makes it weigh more', () => {
    const check = CHECKS.find(({ name }) => name === 'spacedLetters') as Check;
    const one: Case = { text: 'к а з и н о' };
    const under = (enabled: boolean, factor: number) =>
      resultOf(check, { ...one, policy: { checks: { spacedLetters: { enabled, factor } } } }).weight;
    expect([under(false, 1), under(true, 2)]).toEqual([0, 2 * resultOf(check, one).weight]);
  });

  test('reasons never quote the message', () => {
    const quoting = all('fires').filter(({ check, one }) => {
      const words = (one.text ?? '').split(' ').filter((word) => word.length > 6 && !word.includes('.'));
      return check.name !== 'blockedList' && words.some((word) => resultOf(check, one).reason.includes(word));
    });
    expect(quoting.map(({ name }) => name)).toEqual([]);
  });
});
