/** From the bytes of a model file to something that classifies. Pure; the scratch memory is the model's own. */
import type { Folded } from '../prepared.ts';
import { evidenceOf, type Evidence } from './evidence.ts';
import { createFeatureExtractor, type Features } from './features.ts';
import type { Classification, Model } from './model.ts';
import { readModelParts, type ModelParts } from './model-format.ts';
import { READ_MAX } from './canonical-text.ts';
import { writingOf, type Writing } from './script-group.ts';
import { textParts, WHOLE_LETTERS_MIN } from './text-parts.ts';

/**
 * Some thousand training messages can't show odds beyond about a thousand to one: log-odds beyond 4 are pressed together
 * and never reach 7. Their order stays.
 */
const LOGIT_TRUSTED = 4;
const LOGIT_LIMIT = 7;

/**
 * What a part must be above the whole by, in log-odds, to speak for it: honest texts have a part that reads worse than the
 * rest too. Chosen by measurement; at 0.5 honest messages suffer, at 2 hidden offers pass.
 */
const PART_MARGIN = 1;
const PART_LETTERS_MIN = 25;

/** @throws Error that says why these bytes are no model, or one for other features. */
export function decodeModel(bytes: Uint8Array): Model {
  const parts = readModelParts(bytes);
  const extract = createFeatureExtractor();
  const read = (folded: Folded): Reading => readText(folded, extract(folded), parts);
  return {
    id: parts.id,
    prior: parts.header.prior,
    trainedOn: parts.header.trainedOn,
    classify: ({ folded }) => classify(folded, read),
  };
}

function classify(folded: Folded, read: (folded: Folded) => Reading): Classification {
  const whole = read(folded);
  const part = whole.writing.letters < WHOLE_LETTERS_MIN ? undefined : strongestPart(folded, read);
  const speaks = part !== undefined && part - PART_MARGIN > whole.logit;
  const logit = compress(speaks ? part - PART_MARGIN : whole.logit);
  const reason = speaks ? `${reasonOf(whole)}; a part by itself ${signed(part)}` : reasonOf(whole);
  return { logit, covered: whole.covered, reason };
}

function strongestPart({ text, facts }: Folded, read: (folded: Folded) => Reading): number | undefined {
  let strongest: number | undefined;
  for (const part of textParts(text.slice(0, READ_MAX))) {
    const { letters } = writingOf(part, READ_MAX);
    if (letters < PART_LETTERS_MIN) continue;
    const { logit } = read({ text: part, facts: { ...facts, letters } });
    if (strongest === undefined || logit > strongest) strongest = logit;
  }
  return strongest;
}

interface Reading {
  /** Calibrated, not yet compressed. */
  logit: number;
  covered: boolean;
  writing: Writing;
  evidence: Evidence;
  /** What each kind of features adds. */
  sums: { characters: number; words: number; shape: number };
}

function readText(folded: Folded, features: Features, { header, table, known }: ModelParts): Reading {
  const writing = writingOf(folded.text, READ_MAX);
  const evidence = evidenceOf(writing, { words: features.words, wordCount: features.wordCount, known });
  const sums = {
    characters: sumOf(features, table, { from: 0, to: features.gramsEnd }) * header.scale,
    words: sumOf(features, table, { from: features.gramsEnd, to: features.pairsEnd }) * header.scale,
    shape: sumOf(features, table, { from: features.pairsEnd, to: features.count }) * header.scale,
  };
  const fit = header.groups[writing.group];
  const score = sums.characters + sums.words + sums.shape + header.intercept;
  return {
    logit: fit === undefined ? 0 : believed(fit.slope * score + fit.offset, evidence),
    covered: fit !== undefined && evidence.byLanguage === 1,
    writing,
    evidence,
    sums,
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

function reasonOf({ writing, evidence: { knownShare }, sums, covered }: Reading): string {
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
