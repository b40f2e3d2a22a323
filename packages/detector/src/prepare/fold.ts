/**
 * Text as its reader sees it, in one spelling: the passes are clean, join what was spaced out, fold each word, lower
 * case. Each is one walk over the text with table look-ups; a word is looked at closely only when it mixes kinds.
 */
import type { Folded, FoldFacts } from '../prepared.ts';
import { clean, isPlain } from './clean.ts';
import { foldWords } from './fold-words.ts';
import { joinSpacedLetters } from './spaced-letters.ts';

/** What folding changed may show something more to fold; two more walks have always been enough. */
const AGAIN_MAX = 3;

export function fold(raw: string): Folded {
  const facts = noFacts();
  const plain = isPlain(raw);
  if (plain) facts.length = raw.length;
  const cleaned = plain ? raw : clean(raw, facts);
  let text = foldWords(joinSpacedLetters(cleaned, facts), facts);
  for (let again = 0; again < AGAIN_MAX && facts.foldedLetters + facts.spacedLetters > 0; again++) {
    const next = foldWords(joinSpacedLetters(text, noFacts()), noFacts());
    if (next === text) break;
    text = next;
  }
  return { text, facts };
}

export function noFacts(): FoldFacts {
  return {
    length: 0,
    letters: 0,
    scripts: {},
    foldedLetters: 0,
    ornamentalLetters: 0,
    signLetters: 0,
    mixedScriptWords: 0,
    latinIWords: 0,
    invisible: 0,
    directionMarks: 0,
    directionOverrides: 0,
    stackedMarks: 0,
    spacedLetters: 0,
    emoji: 0,
    digits: 0,
    upperCase: 0,
    words: 0,
  };
}
