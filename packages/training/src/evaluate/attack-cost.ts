/** What each attack costs: recall at a threshold set on honest messages that nobody disguised. */
import type { Model } from '@chatwarden/detector';
import type { Labelled } from '../corpora/labelled.ts';
import { foldText } from '../fold-text.ts';
import { createRandom } from '../random.ts';
import { ATTACKS } from './attacks.ts';
import { judgeRows } from './judge-rows.ts';
import { thresholdAt, wilson, type Share } from './metrics.ts';

export interface AttackCost {
  set: string;
  attack: string;
  strength: number;
  /** Recall of the text model alone, and of text and checks together. */
  text: Share;
  whole: Share;
  /** Points of recall lost against the text as it was; negative is gained. */
  textCost: number;
  wholeCost: number;
}

export const STRENGTHS = [0.1, 0.3, 0.6] as const;
const RATE = 0.01;
/** So many spam messages show a difference of four points, and the report stays a matter of minutes. */
const SPAM_MAX = 1000;

export function attackCosts(set: string, rows: readonly Labelled[], model: Model): AttackCost[] {
  const spam = thinned(rows.filter((row) => row.label === 'spam'));
  const ham = rows.filter((row) => row.label === 'ham');
  const scorers = [
    (given: readonly Labelled[]) => given.map(({ text }) => model.classify({ folded: foldText(text) }).logit),
    (given: readonly Labelled[]) => judgeRows(given, model).map(({ score }) => score),
  ];
  const recalls = scorers.map((score) => {
    const threshold = thresholdAt(score(ham), RATE);
    return (given: readonly Labelled[]): Share =>
      wilson(score(given).filter((value) => value > threshold).length, given.length);
  });
  const [textRecall, wholeRecall] = recalls as [(typeof recalls)[0], (typeof recalls)[0]];
  const plain = { text: textRecall(spam), whole: wholeRecall(spam) };
  const none = { set, attack: 'none', strength: 0, ...plain, textCost: 0, wholeCost: 0 };
  const attacked = ATTACKS.flatMap(({ name, apply }) =>
    STRENGTHS.map((strength): AttackCost => {
      const random = createRandom(1);
      const disguised = spam.map((row) => ({ ...row, text: apply(row.text, strength, random) }));
      const [text, whole] = [textRecall(disguised), wholeRecall(disguised)];
      const textCost = 100 * (plain.text.value - text.value);
      return { set, attack: name, strength, text, whole, textCost, wholeCost: 100 * (plain.whole.value - whole.value) };
    }),
  );
  return [none, ...attacked];
}

function thinned(rows: readonly Labelled[]): Labelled[] {
  const step = Math.max(1, rows.length / SPAM_MAX);
  return Array.from({ length: Math.min(rows.length, SPAM_MAX) }, (_, index) => rows[Math.floor(index * step)]).filter(
    (row) => row !== undefined,
  );
}
