/**
 * Folds one word that mixes scripts, or letters and digits, to the script that its writer meant: the one with the most
 * letters that cannot be mistaken for another's.
 */
import { CYRILLIC, FIRST_LETTER, GREEK, KIND, LATIN, OTHER_LETTER } from './code-points.ts';
import { lookAlike, signLetter, tellsScript } from './look-alikes.ts';

export interface FoldedWord {
  word: string;
  /** Letters that were replaced. */
  replaced: number;
  /** Those of them that were digits or signs. */
  signs: number;
  mixed: boolean;
  /** Mixed by nothing but a Latin i in a Cyrillic word. */
  onlyLatinI: boolean;
}

interface Counts {
  all: number[];
  /** Letters that tell their script. */
  telling: number[];
  letters: number;
}

/** Two letters of two scripts are a unit or a formula ("5μm", "ΔT"), not a disguise. */
const MIXED_LETTERS_MIN = 3;
/** "b2b", "h2o", "k8s": with fewer letters a digit is a digit. */
const SIGN_LETTERS_MIN = 3;

/** `textScript`: the script that the whole text is written in, which settles words that tell nothing. */
export function foldWord(word: string, textScript: number, inAddress: boolean): FoldedWord {
  const counts = count(word);
  const mixed = isMixed(word, counts);
  const main = mainScript(counts, textScript);
  const unmixed = mixed ? replaceLookAlikes(word, main) : { word, replaced: 0 };
  const onlyLatinI = mixed && main === CYRILLIC && isOnlyLatinI(word);
  // "水电1万8" has a price in it: digits stand for letters only among letters that they resemble.
  const alphabetic = (counts.all[0] ?? 0) + (counts.all[1] ?? 0) + (counts.all[2] ?? 0);
  if (inAddress || alphabetic < SIGN_LETTERS_MIN) return { ...unmixed, signs: 0, mixed, onlyLatinI };
  const signless = replaceSigns(unmixed.word, main);
  return {
    word: signless.word,
    replaced: unmixed.replaced + signless.replaced,
    signs: signless.replaced,
    mixed,
    onlyLatinI,
  };
}

/** A whole word of letters that tell nothing, in a text that has no telling letter of their script. */
export function foldWhole(word: string, script: number): FoldedWord {
  return { ...replaceLookAlikes(word, script), signs: 0, mixed: false, onlyLatinI: false };
}

/** Whoever writes Ukrainian or Belarusian on a Russian keyboard borrows the Latin letter. */
function isOnlyLatinI(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const kind = KIND[unit] ?? 0;
    if (kind >= FIRST_LETTER && kind !== CYRILLIC && unit !== 0x69 && unit !== 0x49) return false;
  }
  return true;
}

function count(word: string): Counts {
  const counts: Counts = { all: [0, 0, 0, 0], telling: [0, 0, 0, 0], letters: 0 };
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const kind = KIND[unit] ?? 0;
    if (kind < FIRST_LETTER) continue;
    counts.letters += 1;
    const slot = slotOf(kind);
    counts.all[slot] = (counts.all[slot] ?? 0) + 1;
    if (slot < 3 && tellsScript(unit)) counts.telling[slot] = (counts.telling[slot] ?? 0) + 1;
  }
  return counts;
}

/** Latin, Cyrillic and Greek by their own, other disguises together; scripts that honestly stand together apart. */
function slotOf(kind: number): number {
  return kind <= GREEK ? kind - FIRST_LETTER : 3;
}

function isMixed(word: string, { all, letters }: Counts): boolean {
  if (letters < MIXED_LETTERS_MIN) return false;
  const scripts = all.slice(0, 3).filter((share) => share > 0).length;
  if (scripts === 0) return false;
  if (scripts === 1) return (all[3] ?? 0) > 0 && hasDisguise(word, all[0] ? LATIN : all[1] ? CYRILLIC : GREEK);
  return !isCompound(word);
}

/** Letters of a third script that have a look-alike; others (Han, kana, Arabic) stand beside Latin honestly. */
function hasDisguise(word: string, script: number): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (KIND[unit] === OTHER_LETTER && lookAlike(unit, script) !== undefined) return true;
  }
  return false;
}

/**
 * "PDFка", "SMSки": one change of script, after a Latin name that its letters, or its capitals before a small ending,
 * show to be one.
 */
function isCompound(word: string): boolean {
  const change = firstChange(word);
  if (change < 2) return false;
  const name = word.slice(0, change);
  const ending = word.slice(change);
  if (KIND[word.charCodeAt(0)] !== LATIN || firstChange(ending) < ending.length) return false;
  const capitals = name === name.toUpperCase() && ending === ending.toLowerCase();
  return capitals || Array.from(name).some((char) => tellsScript(char.charCodeAt(0)));
}

/** Where a letter of another script than the first one's stands; the word's length when none does. */
function firstChange(word: string): number {
  const first = KIND[word.charCodeAt(0)];
  for (let at = 1; at < word.length; at++) {
    const kind = KIND[word.charCodeAt(at)] ?? 0;
    if (kind >= FIRST_LETTER && kind !== first) return at;
  }
  return word.length;
}

function mainScript({ all, telling }: Counts, textScript: number): number {
  let best = -1;
  for (let slot = 0; slot < 3; slot++) {
    if ((all[slot] ?? 0) === 0) continue;
    const better = best < 0 ? 1 : compare(telling, all, { slot, best });
    const tieForText = better === 0 && slot + FIRST_LETTER === textScript;
    if (better > 0 || tieForText) best = slot;
  }
  return best < 0 ? textScript : best + FIRST_LETTER;
}

function compare(telling: number[], all: number[], { slot, best }: { slot: number; best: number }): number {
  const byTelling = (telling[slot] ?? 0) - (telling[best] ?? 0);
  return byTelling === 0 ? (all[slot] ?? 0) - (all[best] ?? 0) : byTelling;
}

function replaceLookAlikes(word: string, main: number): { word: string; replaced: number } {
  let out = '';
  let replaced = 0;
  for (const char of word) {
    const codePoint = char.codePointAt(0) ?? 0;
    const kind = KIND[codePoint] ?? 0;
    const meant = kind >= FIRST_LETTER && kind !== main ? lookAlike(codePoint, main) : undefined;
    out += meant ?? char;
    if (meant !== undefined) replaced += 1;
  }
  return { word: out, replaced };
}

/**
 * A lone sign between letters is a letter ("к4зино", "c@sh"), and "00" is "oo". At the start only 0 (and 3 and 6 for З and Б),
 * at the end only 0 and "@": "mp3" and "user7" are names.
 */
function replaceSigns(word: string, main: number): { word: string; replaced: number } {
  let out = '';
  let replaced = 0;
  for (let at = 0; at < word.length;) {
    const end = signsEnd(word, at);
    const signs = word.slice(at, Math.max(end, at + 1));
    const place = { after: at > 0, before: end < word.length, cyrillic: main === CYRILLIC };
    const letter = end > at && isDisguise(signs, place) ? signLetter(signs.charCodeAt(0), main) : undefined;
    out += letter === undefined ? signs : letter.repeat(signs.length);
    if (letter !== undefined) replaced += signs.length;
    at += signs.length;
  }
  return { word: out, replaced };
}

function signsEnd(word: string, from: number): number {
  let at = from;
  while (at < word.length && (KIND[word.charCodeAt(at)] ?? 0) < FIRST_LETTER) at += 1;
  return at;
}

interface Place {
  /** Letters stand before, and after, the signs. */
  after: boolean;
  before: boolean;
  cyrillic: boolean;
}

function isDisguise(signs: string, { after, before, cyrillic }: Place): boolean {
  if (signs === '00') return after && before;
  if (signs.length !== 1) return false;
  if (after && before) return true;
  if (after) return signs === '0' || signs === '@';
  return signs === '0' || (cyrillic && (signs === '3' || signs === '6'));
}
