/**
 * What each code point is to folding, as one table over the 16-bit code units: a look-up per character keeps every
 * pass linear and fast. Letters carry their script, so `kind >= FIRST_LETTER` asks "is it a letter?".
 */
import type { Script } from '../prepared.ts';

export const OTHER = 0;
export const SPACE = 1;
export const DIGIT = 2;
/** Shows nothing: zero-width, bidi controls, fillers, variation selectors. */
export const INVISIBLE = 3;
/** Combining marks that are drawn on Latin, Cyrillic and Greek letters. */
export const MARK = 4;
/** Marks that belong to the spelling of other scripts (vowel signs, tones, points). */
export const SCRIPT_MARK = 5;
export const EMOJI = 6;
export const SURROGATE = 7;
export const FIRST_LETTER = 8;

const SCRIPTS: readonly Script[] = [
  'latin',
  'cyrillic',
  'greek',
  'arabic',
  'hebrew',
  'devanagari',
  'thai',
  'han',
  'kana',
  'hangul',
  'other',
];
export const LATIN = FIRST_LETTER + 0;
export const CYRILLIC = FIRST_LETTER + 1;
export const GREEK = FIRST_LETTER + 2;
export const ARABIC = FIRST_LETTER + 3;
export const HEBREW = FIRST_LETTER + 4;
export const HAN = FIRST_LETTER + 7;
const KANA = FIRST_LETTER + 8;
export const HANGUL = FIRST_LETTER + 9;
export const OTHER_LETTER = FIRST_LETTER + 10;
export const KINDS = OTHER_LETTER + 1;

export function scriptOf(kind: number): Script {
  return SCRIPTS[kind - FIRST_LETTER] ?? 'other';
}

type Range = readonly [first: number, last: number, kind: number];

/** Letters of these blocks have this script; letters of no block are `other`. Source: Unicode Blocks.txt. */
const SCRIPT_BLOCKS: readonly Range[] = [
  [0x0041, 0x024f, LATIN],
  [0x0250, 0x02af, LATIN],
  [0x0370, 0x03ff, GREEK],
  [0x0400, 0x052f, CYRILLIC],
  [0x0590, 0x05ff, HEBREW],
  [0x0600, 0x077f, ARABIC],
  [0x0870, 0x08ff, ARABIC],
  [0x0900, 0x097f, FIRST_LETTER + 5],
  [0x0e00, 0x0e7f, FIRST_LETTER + 6],
  [0x1100, 0x11ff, HANGUL],
  [0x1c80, 0x1c8f, CYRILLIC],
  [0x1d00, 0x1dbf, LATIN],
  [0x1e00, 0x1eff, LATIN],
  [0x1f00, 0x1fff, GREEK],
  [0x2c60, 0x2c7f, LATIN],
  [0x2de0, 0x2dff, CYRILLIC],
  [0x3005, 0x3007, HAN],
  [0x3040, 0x30ff, KANA],
  [0x3130, 0x318f, HANGUL],
  [0x31f0, 0x31ff, KANA],
  [0x3400, 0x9fff, HAN],
  [0xa640, 0xa69f, CYRILLIC],
  [0xa720, 0xa7ff, LATIN],
  [0xac00, 0xd7ff, HANGUL],
  [0xf900, 0xfaff, HAN],
  [0xfb50, 0xfdff, ARABIC],
  [0xfe70, 0xfefe, ARABIC],
];

/** Laid over letters and marks. Source of the invisible ones: Default_Ignorable_Code_Point, and U+2800 (blank braille). */
const OVERLAYS: readonly Range[] = [
  [0x0000, 0x0008, INVISIBLE],
  [0x000e, 0x001f, INVISIBLE],
  [0x007f, 0x0084, INVISIBLE],
  [0x0086, 0x009f, INVISIBLE],
  [0x00ad, 0x00ad, INVISIBLE],
  [0x0300, 0x036f, MARK],
  [0x034f, 0x034f, INVISIBLE],
  [0x0483, 0x0489, MARK],
  [0x061c, 0x061c, INVISIBLE],
  [0x115f, 0x1160, INVISIBLE],
  [0x17b4, 0x17b5, INVISIBLE],
  [0x180b, 0x180f, INVISIBLE],
  [0x1ab0, 0x1aff, MARK],
  [0x1dc0, 0x1dff, MARK],
  [0x200b, 0x200f, INVISIBLE],
  [0x202a, 0x202e, INVISIBLE],
  [0x2060, 0x206f, INVISIBLE],
  [0x20d0, 0x20ff, MARK],
  [0x231a, 0x231b, EMOJI],
  [0x23e9, 0x23fa, EMOJI],
  [0x2600, 0x27bf, EMOJI],
  [0x2800, 0x2800, INVISIBLE],
  [0x2b05, 0x2b55, EMOJI],
  [0x3164, 0x3164, INVISIBLE],
  [0xd800, 0xdfff, SURROGATE],
  [0xfe00, 0xfe0f, INVISIBLE],
  [0xfe20, 0xfe2f, MARK],
  [0xfeff, 0xfeff, INVISIBLE],
  [0xffa0, 0xffa0, INVISIBLE],
  [0xfff0, 0xfffb, INVISIBLE],
];

function buildTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) table[unit] = generalKind(String.fromCharCode(unit));
  for (const [first, last, kind] of SCRIPT_BLOCKS) {
    for (let unit = first; unit <= last; unit++) if (table[unit] === OTHER_LETTER) table[unit] = kind;
  }
  for (const [first, last, kind] of OVERLAYS) table.fill(kind, first, last + 1);
  return table;
}

function generalKind(char: string): number {
  if (/\p{L}/u.test(char)) return OTHER_LETTER;
  if (/\p{M}/u.test(char)) return SCRIPT_MARK;
  if (/\p{Nd}/u.test(char)) return DIGIT;
  return /[\s\u0085]/.test(char) ? SPACE : OTHER;
}

/** Kind of every 16-bit code unit. */
export const KIND: Readonly<Uint8Array> = buildTable();

/** Kind of a code point beyond the 16-bit plane. */
export function kindOfAstral(codePoint: number): number {
  if (codePoint >= 0x1f000 && codePoint <= 0x1faff) return EMOJI;
  if (codePoint >= 0x20000 && codePoint <= 0x323af) return HAN;
  if (codePoint >= 0x1b000 && codePoint <= 0x1b16f) return KANA;
  if (codePoint >= 0xe0000 && codePoint <= 0xe0fff) return INVISIBLE;
  if (codePoint >= 0x1d173 && codePoint <= 0x1d17a) return INVISIBLE;
  return generalKind(String.fromCodePoint(codePoint));
}
