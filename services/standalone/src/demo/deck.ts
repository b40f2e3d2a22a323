/** Cards without an end: shuffled, dealt, and shuffled again, so that nothing comes back before all the rest was seen. */
import type { Random } from './random.ts';

export interface Deck<T> {
  deal(): T;
}

export function createDeck<T>(cards: readonly T[], random: Random): Deck<T> {
  let left: T[] = [];
  return {
    deal() {
      if (left.length === 0) left = random.shuffle(cards);
      const card = left.pop();
      if (card === undefined) throw new RangeError('an empty deck');
      return card;
    },
  };
}
