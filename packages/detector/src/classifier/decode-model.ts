/** From the bytes of a model file to something that classifies. Pure; the scratch memory is the model's own. */
import type { Folded } from '../prepared.ts';
import { evidenceOf, evidenceOfLength, type Evidence } from './evidence.ts';
import { createFeatureExtractor, type Features } from './features.ts';
import type { Classification, Model } from './model.ts';
import { readModelParts, type ModelParts } from './model-format.ts';
import { READ_MAX } from './canonical-text.ts';
import { writingOf, type Writing } from './script-group.ts';
import { quartersOf } from './text-parts.ts';

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
/** Fewer letters than this hold no offer and honest sentences besides. */
const WHOLE_LETTERS_MIN = 60;
/** Halves and quarters, by the quarters they are made of. */
const PARTS: readonly (readonly number[])[] = [[0, 1], [2, 3], [0], [1], [2], [3]];

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

function classify(folded: Folded, features: Features, parts: ModelParts): Classification {
  const reading = readText(folded, features, parts);
  const { logit, covered, writing } = reading;
  const part = writing.letters < WHOLE_LETTERS_MIN ? undefined : strongestPart(reading, features, parts);
  const speaks = part !== undefined && part - PART_MARGIN > logit;
  const reason = speaks ? `${reasonOf(reading)}; a part by itself ${signed(part)}` : reasonOf(reading);
  return { logit: compress(speaks ? part - PART_MARGIN : logit), covered, reason };
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
 * The highest log-odds of a half or a quarter. A feature counts where it occurs first, so that reading the parts costs one
 * more look at the features and not another reading of the text.
 */
function strongestPart(
  { writing, evidence, sums }: Reading,
  features: Features,
  { header, table }: ModelParts,
): number | undefined {
  const fit = header.groups[writing.group];
  if (fit === undefined) return undefined;
  const { starts, letters } = quartersOf(features.canonical);
  const [second, third, fourth] = starts;
  const totals = [0, 0, 0, 0];
  for (let at = 0; at < features.pairsEnd; at += 1) {
    const position = features.positions[at] ?? 0;
    const quarter = position < third ? Number(position >= second) : 2 + Number(position >= fourth);
    totals[quarter] = (totals[quarter] ?? 0) + (table[features.buckets[at] ?? 0] ?? 0);
  }
  const around = sums.shape + header.intercept;
  const logits = PARTS.flatMap((quarters) => {
    const size = quarters.reduce((sum, quarter) => sum + (letters[quarter] ?? 0), 0);
    if (size < PART_LETTERS_MIN) return [];
    const score = header.scale * quarters.reduce((sum, quarter) => sum + (totals[quarter] ?? 0), 0) + around;
    return [believed(fit.slope * score + fit.offset, { ...evidence, byLength: evidenceOfLength(size) })];
  });
  return logits.length === 0 ? undefined : Math.max(...logits);
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
