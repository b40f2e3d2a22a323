/**
 * What a text looks like, as features beside its n-grams: how long it is, how loud, what folding had to undo. Each fact
 * becomes steps ("at least 1, 2, 4, 8 ..."), so that a linear model can weigh each step by itself.
 */
import type { FoldFacts } from '../prepared.ts';
import type { CanonicalText } from './canonical-text.ts';

type Measure = (facts: FoldFacts, text: CanonicalText) => number;

const permille = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 50);

/** The order is part of a trained model: add at the end, never move. */
const MEASURES: readonly Measure[] = [
  (facts) => facts.letters / 8,
  (facts) => facts.foldedLetters,
  (facts) => permille(facts.foldedLetters, facts.letters),
  (facts) => facts.mixedScriptWords,
  (facts) => facts.invisible,
  (facts) => facts.stackedMarks,
  (facts) => facts.spacedLetters / 4,
  (facts) => facts.emoji,
  (facts) => (facts.letters < 12 ? 0 : permille(facts.upperCase, facts.letters)),
  (facts) => permille(facts.digits, facts.length),
  (_facts, text) => text.links,
  (_facts, text) => text.handles,
];

const STEPS_MAX = 8;

/** Calls `emit` with a number per step reached; numbers stay below `MEASURES.length * STEPS_MAX`. */
export function structureFeatures(facts: FoldFacts, text: CanonicalText, emit: (step: number) => void): void {
  for (let index = 0; index < MEASURES.length; index += 1) {
    const value = MEASURES[index]?.(facts, text) ?? 0;
    const steps = value < 1 ? 0 : Math.min(STEPS_MAX, 1 + Math.floor(Math.log2(value)));
    for (let step = 0; step < steps; step += 1) emit(index * STEPS_MAX + step);
  }
}
