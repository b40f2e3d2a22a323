/** The walk over words: counts what they are made of, folds those that mix kinds, and leaves the rest as slices. */
import type { FoldFacts } from '../prepared.ts';
import {
  CYRILLIC,
  DIGIT,
  FIRST_LETTER,
  GREEK,
  KIND,
  KINDS,
  LATIN,
  OTHER_LETTER,
  SCRIPT_MARK,
  scriptOf,
  SPACE,
} from './code-points.ts';
import { foldWhole, foldWord, type FoldedWord } from './fold-word.ts';
import { tellsScript, WORD_SIGNS } from './look-alikes.ts';

interface Walk {
  text: string;
  facts: FoldFacts;
  textScript: number;
  /** The text has letters that can only be Cyrillic. */
  cyrillicTold: boolean;
  /** Between white space: holds "/" or a dot within, or starts with "@", where digits are digits. */
  inAddress: boolean;
  addressEnd: number;
}

/** Counts into `facts` and returns the text folded, in lower case, with single spaces. */
export function foldWords(text: string, facts: FoldFacts): string {
  const walk: Walk = { text, facts, ...survey(text, facts), inAddress: false, addressEnd: 0 };
  let out = '';
  let copied = 0;
  for (let at = 0; at < text.length;) {
    const kind = KIND[text.charCodeAt(at)] ?? 0;
    if (kind === SPACE) {
      const end = spacesEnd(text, at);
      if (end - at !== 1 || text.charCodeAt(at) !== 0x20 || at === 0 || end === text.length) {
        out += text.slice(copied, at) + (out === '' && copied === at ? '' : ' ');
        copied = end;
      }
      at = end;
      continue;
    }
    const end = kind >= FIRST_LETTER || kind === DIGIT ? wordEnd(text, at) : at;
    if (end === at) {
      at += 1;
      continue;
    }
    const folded = foldIfMixed(walk, at, end);
    if (folded !== undefined) {
      out += text.slice(copied, at) + folded;
      copied = end;
    }
    at = end;
  }
  return (copied === 0 ? text : out + text.slice(copied)).toLowerCase().trim();
}

function spacesEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && KIND[text.charCodeAt(at)] === SPACE) at += 1;
  return at;
}

/** Letters, digits, their marks, and signs with a letter on both sides (or "@" at the end of a word). */
function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const kind = KIND[unit] ?? 0;
    const inside = kind >= FIRST_LETTER || kind === DIGIT || kind === SCRIPT_MARK;
    if (!inside && !(WORD_SIGNS.has(unit) && at > from && isLetterAt(text, at - 1) && endsOrGoesOn(text, at))) break;
    at += 1;
  }
  return at;
}

function endsOrGoesOn(text: string, at: number): boolean {
  if (isLetterAt(text, at + 1)) return true;
  return text.charCodeAt(at) === AT && (at + 1 === text.length || KIND[text.charCodeAt(at + 1)] === SPACE);
}

function isLetterAt(text: string, at: number): boolean {
  return at < text.length && (KIND[text.charCodeAt(at)] ?? 0) >= FIRST_LETTER;
}

/** Counts letters, digits, capitals and words; says which script the text tells. */
function survey(text: string, facts: FoldFacts): { textScript: number; cyrillicTold: boolean } {
  const kinds = new Uint32Array(KINDS);
  let tellingLatin = 0;
  let tellingCyrillic = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const kind = KIND[unit] ?? 0;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    const letter = kind >= FIRST_LETTER;
    if (letter || kind === DIGIT) {
      if (!inWord) facts.words += 1;
      inWord = true;
    } else if (kind !== SCRIPT_MARK) inWord = false;
    if (!letter) continue;
    if (isUpper(unit)) facts.upperCase += 1;
    if (kind === LATIN && tellsScript(unit)) tellingLatin += 1;
    if (kind === CYRILLIC && tellsScript(unit)) tellingCyrillic += 1;
  }
  facts.digits += kinds[DIGIT] ?? 0;
  for (let kind = FIRST_LETTER; kind < KINDS; kind++) {
    const share = kinds[kind] ?? 0;
    if (share === 0) continue;
    facts.letters += share;
    facts.scripts[scriptOf(kind)] = share;
  }
  return {
    textScript: tellingCyrillic > tellingLatin ? CYRILLIC : LATIN,
    cyrillicTold: tellingCyrillic > 0 || tellingLatin === 0,
  };
}

function isUpper(unit: number): boolean {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a;
  if (unit >= 0x400 && unit < 0x460) return unit < 0x430;
  if (unit >= 0x3000) return false;
  const char = String.fromCharCode(unit);
  return char !== char.toLowerCase();
}

/** The word folded, or undefined when nothing about it asks for a closer look. */
function foldIfMixed(walk: Walk, start: number, end: number): string | undefined {
  const { text, facts } = walk;
  let seen = 0;
  for (let at = start; at < end; at++) seen |= 1 << (KIND[text.charCodeAt(at)] ?? 0);
  const letters = seen & LETTER_BITS;
  if (letters === 0) return undefined;
  let folded: FoldedWord | undefined;
  if (letters === CYRILLIC_BIT && !walk.cyrillicTold) folded = foldWhole(text.slice(start, end), LATIN);
  else if (seen === letters && !mixes(letters)) return undefined;
  else folded = foldWord(text.slice(start, end), walk.textScript, isInAddress(walk, start));
  if (folded.mixed) facts.mixedScriptWords += 1;
  if (folded.onlyLatinI) facts.latinIWords += 1;
  facts.foldedLetters += folded.replaced;
  facts.signLetters += folded.signs;
  return folded.replaced === 0 ? undefined : folded.word;
}

const LETTER_BITS = ~0 << FIRST_LETTER;
const CYRILLIC_BIT = 1 << CYRILLIC;
const MIXING_BITS = (1 << LATIN) | CYRILLIC_BIT | (1 << GREEK) | (1 << OTHER_LETTER);

/** More than one of the scripts whose letters pass for each other's. */
function mixes(letters: number): boolean {
  const mixing = letters & MIXING_BITS;
  return (mixing & (mixing - 1)) !== 0;
}

function isInAddress(walk: Walk, start: number): boolean {
  if (start < walk.addressEnd) return walk.inAddress;
  const { text } = walk;
  let from = start;
  while (from > 0 && from > start - LOOK_BACK && KIND[text.charCodeAt(from - 1)] !== SPACE) from -= 1;
  walk.inAddress = text.charCodeAt(from) === AT;
  let end = from;
  for (; end < text.length && KIND[text.charCodeAt(end)] !== SPACE; end++) {
    const unit = text.charCodeAt(end);
    if (unit === SLASH || (unit === DOT && isLetterAt(text, end + 1))) walk.inAddress = true;
  }
  walk.addressEnd = end;
  return walk.inAddress;
}

const AT = 0x40;
const SLASH = 0x2f;
const DOT = 0x2e;
/** How far back the start of an address is looked for; a handle has at most 32 characters. */
const LOOK_BACK = 64;
