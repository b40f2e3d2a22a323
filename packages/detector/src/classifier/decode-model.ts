/** From the bytes of a model file to something that classifies. Pure; the scratch memory is the model's own. */
import type { Folded } from '../prepared.ts';
import { createFeatureExtractor, type Features } from './features.ts';
import type { Classification, Model } from './model.ts';
import { isKnown, readModelParts, type ModelHeader, type ModelParts } from './model-format.ts';
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
  const knownShare = shareOfKnown(features, known);
  const sums = {
    characters: sumOf(features, table, { from: 0, to: features.gramsEnd }) * header.scale,
    words: sumOf(features, table, { from: features.gramsEnd, to: features.wordsEnd }) * header.scale,
    shape: sumOf(features, table, { from: features.wordsEnd, to: features.count }) * header.scale,
  };
  const score = sums.characters + sums.words + sums.shape + header.intercept;
  const covered = isCovered(writing, knownShare, header);
  return {
    logit: calibratedLogit(score, writing, header),
    covered,
    reason: reasonOf({ writing, knownShare, sums, covered }),
  };
}

/** Shared with training, which fits slope and offset to exactly this. */
export function evidenceShare(letters: number, halfEvidenceLetters: number): number {
  return letters === 0 ? 0 : letters / (letters + halfEvidenceLetters);
}

function calibratedLogit(score: number, writing: Writing, header: ModelHeader): number {
  const fit = header.groups[writing.group] ?? { slope: 1, offset: 0 };
  const logit = (fit.slope * score + fit.offset) * evidenceShare(writing.letters, header.halfEvidenceLetters);
  return Math.sign(logit) * compress(Math.abs(logit));
}

function compress(size: number): number {
  const room = LOGIT_LIMIT - LOGIT_TRUSTED;
  return size <= LOGIT_TRUSTED ? size : LOGIT_LIMIT - room * Math.exp((LOGIT_TRUSTED - size) / room);
}

/** Han has no words between spaces: there the script alone decides. */
function isCovered(writing: Writing, knownShare: number | undefined, header: ModelHeader): boolean {
  const fit = header.groups[writing.group];
  if (fit === undefined) return false;
  return writing.group === 'han' || (knownShare !== undefined && knownShare >= fit.knownMin);
}

export function shareOfKnown(
  { words, wordCount }: Pick<Features, 'words' | 'wordCount'>,
  known: Uint8Array,
): number | undefined {
  if (wordCount === 0) return undefined;
  let count = 0;
  for (let at = 0; at < wordCount; at += 1) if (isKnown(known, words[at] ?? 0)) count += 1;
  return count / wordCount;
}

function sumOf({ buckets }: Features, table: Int8Array, { from, to }: { from: number; to: number }): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += table[buckets[at] ?? 0] ?? 0;
  return sum;
}

interface Findings {
  writing: Writing;
  knownShare: number | undefined;
  sums: { characters: number; words: number; shape: number };
  covered: boolean;
}

function reasonOf({ writing, knownShare, sums, covered }: Findings): string {
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
