import { describe, expect, it } from 'vitest';
import { createDeck } from './deck.ts';
import { seededRandom } from './random.ts';
import { vary } from './vary.ts';

describe('chance', () => {
  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 8 }, () => random.between(1, 1000));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('reaches both ends of a range and nothing beyond', () => {
    const random = seededRandom(3);
    const drawn = new Set(Array.from({ length: 200 }, () => random.between(2, 4)));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
  });

  it('cannot pick from nothing', () => {
    expect(() => seededRandom(1).pick([])).toThrow('nothing to pick from');
    expect(() => createDeck([], seededRandom(1)).deal()).toThrow('an empty deck');
  });
});

describe('a deck', () => {
  it('deals every card before any comes back', () => {
    const cards = ['a', 'b', 'c', 'd'];
    const deck = createDeck(cards, seededRandom(5));
    for (const _round of [1, 2, 3]) {
      expect(cards.map(() => deck.deal()).toSorted()).toEqual(cards);
    }
  });
});

describe('slots of a text', () => {
  it('are filled with one of the words, or with something made up', () => {
    const random = seededRandom(9);
    expect(['now', 'today']).toContain(vary('{now|today}', random));
    expect(vary('see https://{host}/{n} or {handle}', random)).toMatch(
      /^see https:\/\/[a-z]+-[a-z]+\.example\/\d+ or @[a-z]+_[a-z]+_demo$/,
    );
  });

  it('that nobody knows stay as they are', () => {
    expect(vary('a {stranger} in {}', seededRandom(1))).toBe('a {stranger} in {}');
  });
});
