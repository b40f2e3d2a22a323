/** Fills the slots of a text, so that nothing is said twice in quite the same way. */
import type { Random } from './random.ts';

const SLOT = /\{([^{}]*)\}/g;

const SYLLABLES = ['ba', 'do', 'ke', 'li', 'mo', 'ne', 'ra', 'so', 'tu', 'vi', 'za', 'pe'] as const;

/** Hosts end in .example (RFC 2606), so that no link in the demo leads anywhere. */
const SLOTS: Record<string, (random: Random) => string> = {
  word,
  n: (random) => String(random.between(2, 98)),
  host: (random) => `${word(random)}-${word(random)}.example`,
  handle: (random) => `@${word(random)}_${word(random)}_demo`,
};

export function vary(text: string, random: Random): string {
  return text.replace(SLOT, (whole, inside: string) => {
    if (inside.includes('|')) return random.pick(inside.split('|'));
    return SLOTS[inside]?.(random) ?? whole;
  });
}

function word(random: Random): string {
  return Array.from({ length: random.between(2, 3) }, () => random.pick(SYLLABLES)).join('');
}
