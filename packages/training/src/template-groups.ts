/**
 * Messages from one template share most of their words. A split that puts two of them on both sides measures memory, so
 * folds are made of whole groups. Groups are found by min-hashing word triples (banded, then joined); a text of few words
 * is grouped with its exact copies only.
 */
import { createRandom } from './random.ts';

const HASHES = 30;
/** Three equal hashes in one of ten bands: texts that share half of their triples meet three times in four. */
const BAND = 3;
const SHINGLE = 3;
const WORDS_MIN = 5;

/** The group of each text, as the index of the group's first text. */
export function templateGroups(texts: readonly string[]): number[] {
  const parents = texts.map((_, index) => index);
  const firstWith = new Map<string, number>();
  for (const [index, text] of texts.entries()) {
    for (const key of groupKeys(text)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else join(parents, first, index);
    }
  }
  return parents.map((_, index) => rootOf(parents, index));
}

/** Numbers and addresses are what differs between copies of one template. */
function groupKeys(text: string): string[] {
  const plain = text.toLowerCase().replaceAll(/\S*[@/]\S*|\d+/gu, '#');
  const words = plain.match(/[\p{L}\p{M}#]+/gu) ?? [];
  if (words.length < WORDS_MIN) return [`exact:${words.length === 0 ? plain : words.join(' ')}`];
  return bands(minHashes(words));
}

function minHashes(words: readonly string[]): Uint32Array {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (let at = 0; at + SHINGLE <= words.length; at += 1) {
    const base = hashOf(words.slice(at, at + SHINGLE).join(' '));
    for (let n = 0; n < HASHES; n += 1) {
      least[n] = Math.min(least[n] ?? 0, scramble(base ^ Math.imul(n + 1, 0x9e3779b1)));
    }
  }
  return least;
}

function bands(hashes: Uint32Array): string[] {
  return Array.from({ length: HASHES / BAND }, (_, band) => {
    return `${band}:${hashes.subarray(band * BAND, (band + 1) * BAND).join(',')}`;
  });
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function scramble(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const g = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (g ^ (g >>> 16)) >>> 0;
}

function rootOf(parents: number[], index: number): number {
  let root = index;
  while (parents[root] !== root) root = parents[root] ?? root;
  return root;
}

function join(parents: number[], a: number, b: number): void {
  const [low, high] = [rootOf(parents, a), rootOf(parents, b)].toSorted((x, y) => x - y);
  if (low !== undefined && high !== undefined) parents[high] = low;
}

/** The fold of each text, 0 to folds - 1; a group is never split. */
export function groupedFolds(texts: readonly string[], folds: number): number[] {
  const random = createRandom(folds);
  const foldOf = new Map<number, number>();
  return templateGroups(texts).map((group) => {
    const fold = foldOf.get(group) ?? Math.floor(random() * folds);
    foldOf.set(group, fold);
    return fold;
  });
}
