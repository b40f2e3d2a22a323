/** From the bytes of a model file to something that classifies. Pure; the scratch memory is the model's own. */
import type { Folded } from '../prepared.ts';
import { evidenceOf, type Evidence } from './evidence.ts';
import { createFeatureExtractor, type Features } from './features.ts';
import type { Classification, Model } from './model.ts';
import { readModelParts, type ModelParts } from './model-format.ts';
import { READ_MAX } from './canonical-text.ts';
import { writingOf, type Writing } from './script-group.ts';

/**
 * Some thousand training messages can't show odds beyond about a thousand to one: log-odds beyond 4 are pressed together
 * and never reach 7. Their order stays.
 */
const LOGIT_TRUSTED = 4;
const LOGIT_LIMIT = 7;

/** @throws Error that says why these bytes are no model, or one for other features. */
export function decodeModel(bytes: Uint8Array): Model {
  const parts = readModelParts(bytes);
  const extract = createFeatureExtractor();
  return {
    id: parts.id,
    prior: parts.header.prior,
    trainedOn: parts.header.trainedOn,
    classify: ({ folded }) => classify(folded, extract(folded), parts),
  };
}

function classify(folded: Folded, features: Features, { header, table, known }: ModelParts): Classification {
  const writing = writingOf(folded.text, READ_MAX);
  const evidence = evidenceOf(writing, { words: features.words, wordCount: features.wordCount, known });
  const sums = {
    characters: sumOf(features, table, { from: 0, to: features.gramsEnd }) * header.scale,
    words: sumOf(features, table, { from: features.gramsEnd, to: features.pairsEnd }) * header.scale,
    shape: sumOf(features, table, { from: features.pairsEnd, to: features.count }) * header.scale,
  };
  const fit = header.groups[writing.group];
  const covered = fit !== undefined && evidence.byLanguage === 1;
  const score = sums.characters + sums.words + sums.shape + header.intercept;
  return {
    logit: fit === undefined ? 0 : compress(believed(fit.slope * score + fit.offset, evidence)),
    covered,
    reason: reasonOf({ writing, evidence, sums, covered }),
  };
}

/**
 * What a text in a language that training hardly knew may say: nothing for spam, and little for ham, so that it does not
 * outvote what else stands against the message. Not quite nothing: that few spammers write one unknown word is true in
 * any language.
 */
const UNKNOWN_LANGUAGE_MIN = -2;

function believed(logit: number, { byLength, byLanguage }: Evidence): number {
  const long = logit * byLength;
  return byLanguage * long + (1 - byLanguage) * Math.min(0, Math.max(UNKNOWN_LANGUAGE_MIN, long));
}

function compress(logit: number): number {
  const size = Math.abs(logit);
  if (size <= LOGIT_TRUSTED) return logit;
  const room = LOGIT_LIMIT - LOGIT_TRUSTED;
  return Math.sign(logit) * (LOGIT_LIMIT - room * Math.exp((LOGIT_TRUSTED - size) / room));
}

function sumOf({ buckets }: Features, table: Int16Array, { from, to }: { from: number; to: number }): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += table[buckets[at] ?? 0] ?? 0;
  return sum;
}

interface Findings {
  writing: Writing;
  evidence: Evidence;
  sums: { characters: number; words: number; shape: number };
  covered: boolean;
}

function reasonOf({ writing, evidence: { knownShare }, sums, covered }: Findings): string {
  if (writing.letters === 0) return 'no letters to judge by';
  const share = knownShare === undefined ? '' : `, ${Math.round(100 * knownShare)} % of the words known`;
  const limit = covered ? '' : ', a language the model was not trained for';
  const parts = [
    `words ${signed(sums.words)}`,
    `letter patterns ${signed(sums.characters)}`,
    `shape ${signed(sums.shape)}`,
  ];
  return `${writing.letters} letters, ${writing.group}${share}${limit}: ${parts.join(', ')}`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
}
