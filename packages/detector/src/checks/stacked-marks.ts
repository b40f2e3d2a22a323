import { nothing, type Check } from './check.ts';

const MANY = 3;

export const stackedMarks: Check = {
  name: 'stackedMarks',
  describe: 'Combining marks piled upon letters, or lines drawn through them',
  weights: [1.2, 1.2],
  find: ({ prepared }) => {
    const { stackedMarks: count } = prepared.folded.facts;
    return count >= MANY ? { weight: 1.2, reason: `${count} stacked marks` } : nothing('no stacked marks');
  },
};
