import { expect, test } from 'vitest';
import { fitNaiveBayes } from './naive-bayes.ts';

test('naive Bayes leans to the label whose words a text has', () => {
  const score = fitNaiveBayes([
    { text: 'easy money today', label: 'spam' },
    { text: 'dinner today', label: 'ham' },
  ]);
  expect(score('Money!')).toBeGreaterThan(0);
  expect(score('dinner')).toBeLessThan(0);
});
