import { expect, test } from 'vitest';
import type { Evaluation } from './evaluation.ts';
import { toReport } from './report.ts';

const share = (value: number) => ({ value, low: value, high: value });
const EMPTY: Evaluation = {
  model: 'abc',
  trainedOn: 'nothing',
  headline: [],
  unseen: [],
  acts: [],
  atPrecision: [],
  attacks: [],
  checks: [],
  throwaway: [],
  parts: [],
  folds: [],
};
const act = {
  set: 'toy',
  precision: share(0.9),
  coverage: share(0.4),
  hamActed: share(0),
  hamAsked: share(0),
  curve: [{ threshold: 0.5, precision: share(0.8), coverage: share(0.6) }],
};

test('a missed aim is said in words, with the curve', () => {
  const page = toReport({ ...EMPTY, acts: [{ ...act, aimMet: false }] });
  expect(page).toMatch(/\| toy +\| 90\.0 .*aim missed/);
  expect(page).toMatch(/\| toy +\| 80\.0 \/ 60\.0/);
  expect(toReport({ ...EMPTY, acts: [{ ...act, aimMet: true }] })).not.toContain('80.0 / 60.0');
});

test('an attack has a line with its strengths and its worst cost', () => {
  const attack = { set: 'toy', attack: 'stars', text: share(0.5), whole: share(0.6), textCost: 10 };
  const page = toReport({
    ...EMPTY,
    attacks: [0.1, 0.3].map((strength) => ({ ...attack, strength, wholeCost: 20 * strength })),
  });
  expect(page).toMatch(/\| toy +\| stars +\| 50\.0 at 0\.1, 50\.0 at 0\.3 .*\| 6\.0 +\| aim missed/);
});

test('parts of the training data and checks are tables of recall', () => {
  const page = toReport({
    ...EMPTY,
    parts: [{ training: 'without our ru', recall: { toy: share(0.25) } }],
    checks: [
      { without: 'links', spamActed: share(0.1), spamNoticed: share(0.2), hamActed: share(0), hamNoticed: share(0) },
    ],
  });
  expect(page).toMatch(/\| without our ru +\| 25\.0/);
  expect(page).toMatch(/\| links +\| 10\.0/);
});
