import { nothing, type Check } from './check.ts';

/** Copied names and numbers bring a pair of isolates along. */
const MARKS_MANY = 4;

export const directionControls: Check = {
  name: 'directionControls',
  describe: 'Characters that turn the direction of writing, so that a text reads other than it is stored',
  weights: [0.9, 1.8],
  find: ({ prepared }) => {
    const { directionOverrides, directionMarks } = prepared.folded.facts;
    if (directionOverrides > 0) return { weight: 1.8, reason: `${directionOverrides} direction override(s)` };
    return directionMarks >= MARKS_MANY
      ? { weight: 0.9, reason: `${directionMarks} direction marks in a text written from left to right` }
      : nothing('no direction controls');
  },
};
