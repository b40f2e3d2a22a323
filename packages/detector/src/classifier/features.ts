/**
 * A folded text as a set of hashed features, the same for training and judging: words and pairs of words, character
 * 3- to 5-grams (from single characters on in scripts written without spaces), structure.
 *
 * A feature counts once, however often it occurs, and nothing is normalised to unit length: evidence must grow with
 * length, else three words weigh as much as sixty and a short honest message with one money word is condemned.
 *
 * No allocation per n-gram: hashes roll over code units, duplicates are found by a stamp per bucket.
 */
import type { Folded } from '../prepared.ts';
import {
  createCanonicalizer,
  isPlaceholder,
  kindOfCode,
  LETTER,
  SPACE,
  SYMBOL,
  UNSPACED,
  type CanonicalText,
} from './canonical-text.ts';
import { structureFeatures } from './structure-features.ts';

/** Part of every trained model; a model made for another number is refused. */
export const BUCKET_BITS = 20;
export const BUCKETS = 2 ** BUCKET_BITS;
/**
 * Single words live in the upper half, all else in the lower: there are ten times as many letter patterns as words, and a
 * word's weight must not fire for a pattern that happens to share its bucket.
 */
const WORDS_START = BUCKETS / 2;
const SHIFT = 32 - BUCKET_BITS + 1;
/** A text read to its limit has under five n-grams a character, plus structure. */
const FEATURES_MAX = 4098 * 7 + 256;
const GRAM_MIN = 3;
const GRAM_MAX = 5;

const WORD_SEED = 0x2545f491;
const PAIR_SEED = 0x5bd1e995;
const GRAM_SEED = 0x811c9dc5;
const STRUCTURE_SEED = 0x1b873593;

export interface Features {
  /** Distinct buckets; only the first `count` are of this text. Reused by the next call. */
  buckets: Int32Array;
  count: number;
  /** Where in `canonical` each of `buckets` begins first; nothing for structure, which is of the whole text. */
  positions: Uint16Array;
  /** The text that was read. Reused as well. */
  canonical: CanonicalText;
  /** `buckets` holds character n-grams first, then words, then pairs of words, then structure: where each part ends. */
  gramsEnd: number;
  wordsEnd: number;
  pairsEnd: number;
  /** Hashes of the words (whole 32 bits), for the question how much of the text is known. Reused as well. */
  words: Int32Array;
  wordCount: number;
}

export type FeatureExtractor = (folded: Folded) => Features;

export function createFeatureExtractor(): FeatureExtractor {
  const canonicalize = createCanonicalizer();
  const sink = createSink();

  return function extract(folded) {
    const text = canonicalize(folded.text);
    sink.begin(text);
    characterGrams(text, sink);
    sink.features.gramsEnd = sink.features.count;
    words(text, sink);
    sink.features.wordsEnd = sink.features.count;
    pairs(sink);
    sink.features.pairsEnd = sink.features.count;
    structureFeatures(folded.facts, text, (step) => sink.add(mix(STRUCTURE_SEED ^ (step + 1))));
    return sink.features;
  };
}

interface Sink {
  features: Features;
  /** Hashes of everything between blanks that is made of letters, placeholders included, in order. */
  inOrder: Int32Array;
  inOrderAt: Uint16Array;
  inOrderCount: number;
  begin: (text: CanonicalText) => void;
  /** Where in the text the next features begin. */
  position: number;
  add: (hash: number) => void;
  addWord: (hash: number) => void;
}

function createSink(): Sink {
  const features: Features = {
    buckets: new Int32Array(FEATURES_MAX),
    count: 0,
    positions: new Uint16Array(FEATURES_MAX),
    canonical: { codes: new Uint16Array(0), length: 0, links: 0, handles: 0 },
    gramsEnd: 0,
    wordsEnd: 0,
    pairsEnd: 0,
    words: new Int32Array(4098),
    wordCount: 0,
  };
  const { buckets, positions } = features;
  const stamps = new Uint32Array(BUCKETS);
  let stamp = 0;
  const addBucket = (bucket: number): void => {
    if (stamps[bucket] === stamp) return;
    stamps[bucket] = stamp;
    positions[features.count] = sink.position;
    buckets[features.count++] = bucket;
  };
  const sink: Sink = {
    features,
    inOrder: new Int32Array(4098),
    inOrderAt: new Uint16Array(4098),
    inOrderCount: 0,
    position: 0,
    begin(text) {
      sink.inOrderCount = 0;
      features.canonical = text;
      features.count = 0;
      features.wordCount = 0;
      stamp = (stamp + 1) >>> 0;
      if (stamp === 0) stamps.fill(0);
      if (stamp === 0) stamp = 1;
    },
    add: (hash) => addBucket(hash >>> SHIFT),
    addWord: (hash) => addBucket(WORDS_START + (hash >>> SHIFT)),
  };
  return sink;
}

function characterGrams({ codes, length }: CanonicalText, sink: Sink): void {
  for (let start = 0; start < length; start += 1) {
    const first = codes[start] ?? 0;
    sink.position = start;
    let hash = roll(GRAM_SEED, first);
    const unspaced = kindOfCode(first) === UNSPACED;
    if (unspaced) sink.add(mix(hash));
    const stop = Math.min(start + GRAM_MAX, length);
    for (let at = start + 1; at < stop; at += 1) {
      hash = roll(hash, codes[at] ?? 0);
      if (unspaced || at - start + 1 >= GRAM_MIN) sink.add(mix(hash));
    }
  }
}

/** A word is a run of letters (placeholders of links and numbers are letters here); a symbol is a word of its own. */
function words({ codes, length }: CanonicalText, sink: Sink): void {
  let hash = WORD_SEED;
  let first = SPACE;
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] ?? SPACE;
    const kind = kindOfCode(code);
    if (kind === LETTER) {
      if (hash === WORD_SEED) {
        first = code;
        sink.position = at;
      }
      hash = roll(hash, code);
      continue;
    }
    if (hash !== WORD_SEED) endWord(sink, hash, !isPlaceholder(first));
    hash = WORD_SEED;
    sink.position = at;
    if (kind === SYMBOL) sink.addWord(mix(roll(WORD_SEED, code)));
  }
}

/** `counts`: it is a word of a language and not a number or a link. */
function endWord(sink: Sink, hash: number, counts: boolean): void {
  const word = mix(hash);
  sink.addWord(word);
  sink.inOrderAt[sink.inOrderCount] = sink.position;
  sink.inOrder[sink.inOrderCount++] = word;
  if (counts) sink.features.words[sink.features.wordCount++] = word;
}

function pairs(sink: Sink): void {
  for (let at = 1; at < sink.inOrderCount; at += 1) {
    sink.position = sink.inOrderAt[at - 1] ?? 0;
    sink.add(mix(roll((sink.inOrder[at - 1] ?? 0) ^ PAIR_SEED, sink.inOrder[at] ?? 0)));
  }
}

/** One step of FNV-1a over a whole number instead of a byte. */
function roll(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** The finaliser of MurmurHash3: FNV alone leaves the high bits of short inputs poor. */
function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
