/**
 * First pass of folding: out with what shows nothing, marks piled upon letters and letters drawn with other signs. One
 * pass over code points, then one NFKC: since marks are bounded by then, its canonical ordering stays linear too.
 */
import type { FoldFacts } from '../prepared.ts';
import {
  ARABIC,
  EMOJI,
  FIRST_LETTER,
  GREEK,
  HAN,
  HEBREW,
  INVISIBLE,
  KIND,
  kindOfAstral,
  MARK,
  OTHER,
  SCRIPT_MARK,
  SURROGATE,
} from './code-points.ts';
import { DRAWN_LETTERS } from './look-alikes.ts';

const ZWNJ = 0x200c;
const ZWJ = 0x200d;
const KEYCAP = 0x20e3;
const BLACK_FLAG = 0x1f3f4;
/** One mark completes a letter (й, é); what is piled above it is ornament. */
const MARKS_MAX = 1;
/** Vowel, tone and point together occur in honest Thai, Hebrew and Indic spelling. */
const SCRIPT_MARKS_MAX = 3;

interface Cleaning {
  facts: FoldFacts;
  out: string;
  /** Kind and code point of the last code point that was kept. */
  lastKind: number;
  last: number;
  marks: number;
  /** Direction marks: honest where the text has letters that run from right to left. */
  directions: number;
  rightToLeft: boolean;
  /** Position after the last regional indicator, to tell flags from letters. */
  flagOpenAt: number;
  /** A joiner ties the next emoji to the last. */
  joining: boolean;
}

/** ASCII and Russian letters need none of this; most messages end here. */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const plain =
      (unit >= 0x20 && unit < 0x7f) ||
      (unit >= 0x400 && unit <= 0x45f) ||
      (unit >= 9 && unit <= 13) ||
      isQuoteOrDash(unit);
    if (!plain) return false;
  }
  return true;
}

function isQuoteOrDash(unit: number): boolean {
  return unit === 0xab || unit === 0xbb || (unit >= 0x2012 && unit <= 0x2014) || (unit >= 0x2018 && unit <= 0x201e);
}

/** Adds to `facts` what was taken out; letters are counted by the passes that follow. */
export function clean(text: string, facts: FoldFacts): string {
  const state: Cleaning = {
    facts,
    out: '',
    lastKind: OTHER,
    last: 0,
    marks: 0,
    directions: 0,
    rightToLeft: false,
    flagOpenAt: -1,
    joining: false,
  };
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const size = codePoint > 0xffff ? 2 : 1;
    take(state, codePoint, { text, at });
    facts.length += 1;
    at += size;
  }
  if (!state.rightToLeft) {
    facts.invisible += state.directions;
    facts.directionMarks += state.directions;
  }
  return dropLooseMarks(state.out.normalize('NFKC'));
}

function take(state: Cleaning, codePoint: number, place: { text: string; at: number }): void {
  const kind = codePoint > 0xffff ? kindOfAstral(codePoint) : (KIND[codePoint] ?? OTHER);
  if (kind === INVISIBLE || kind === SURROGATE) return dropInvisible(state, codePoint);
  if (kind === MARK || kind === SCRIPT_MARK) return takeMark(state, codePoint, kind);
  state.marks = 0;
  if (kind === ARABIC || kind === HEBREW) state.rightToLeft = true;
  const drawn = drawnLetter(codePoint, state, place);
  if (drawn !== undefined) {
    // The capital of Turkish i is folded for comparing, and is no disguise.
    if (codePoint !== 0x130) countOrnament(state);
    keep(state, { codePoint, kind: FIRST_LETTER, written: drawn });
    return;
  }
  if (kind === EMOJI) countEmoji(state, codePoint);
  if (isDrawnByNfkc(codePoint)) {
    if (isNumber(codePoint)) state.facts.foldedLetters += 1;
    else countOrnament(state);
  }
  keep(state, { codePoint, kind, written: SENTENCES.get(codePoint) ?? String.fromCodePoint(codePoint) });
}

/** Signs that NFKC spells out in whole sentences, by their first word: a message must not grow eighteenfold. */
const SENTENCES: ReadonlyMap<number, string> = new Map([
  [0xfdfa, 'صلى'],
  [0xfdfb, 'جل'],
]);

function keep(
  state: Cleaning,
  { codePoint, kind, written }: { codePoint: number; kind: number; written: string },
): void {
  state.out += written;
  state.last = codePoint;
  state.lastKind = kind;
  state.joining = false;
}

function countOrnament({ facts }: Cleaning): void {
  facts.foldedLetters += 1;
  facts.ornamentalLetters += 1;
}

/** "①②③" numbers a list, and full-width digits are how dates are written in Japanese: no letters in disguise. */
function isNumber(codePoint: number): boolean {
  return (codePoint >= 0xff10 && codePoint <= 0xff19) || (codePoint >= 0x2460 && codePoint <= 0x249b);
}

/** Skin tones and what a joiner ties on belong to the emoji before. */
function countEmoji(state: Cleaning, codePoint: number): void {
  const skinTone = codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
  if (!skinTone && !state.joining) state.facts.emoji += 1;
}

/** Invisible code points that honest text needs are taken out as well, but not held against it. */
function dropInvisible(state: Cleaning, codePoint: number): void {
  const { lastKind, last } = state;
  const afterSymbol = lastKind < FIRST_LETTER;
  if (codePoint === ZWJ && lastKind === EMOJI) {
    state.joining = true;
    return;
  }
  const selector = (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
  if (selector && (lastKind >= HAN || (afterSymbol && last !== 0 && last !== 0x20))) return;
  const tag = codePoint >= 0xe0020 && codePoint <= 0xe007f;
  if (tag && last === BLACK_FLAG) return;
  const joiner = codePoint === ZWNJ || codePoint === ZWJ;
  if (joiner && (lastKind > GREEK || lastKind === SCRIPT_MARK)) return;
  if (codePoint === 0x202d || codePoint === 0x202e) state.facts.directionOverrides += 1;
  if (isDirection(codePoint)) state.directions += 1;
  else state.facts.invisible += 1;
}

function isDirection(codePoint: number): boolean {
  return (
    codePoint === 0x61c ||
    codePoint === 0x200e ||
    codePoint === 0x200f ||
    (codePoint >= 0x202a && codePoint <= 0x202e) ||
    (codePoint >= 0x2066 && codePoint <= 0x2069)
  );
}

function takeMark(state: Cleaning, codePoint: number, kind: number): void {
  if (codePoint === KEYCAP) {
    state.facts.emoji += 1;
    return;
  }
  state.marks += 1;
  const most = kind === MARK ? MARKS_MAX : SCRIPT_MARKS_MAX;
  if (state.marks > most || isDrawnThrough(codePoint)) {
    state.facts.stackedMarks += 1;
    return;
  }
  state.out += String.fromCodePoint(codePoint);
  if (kind === SCRIPT_MARK) state.lastKind = SCRIPT_MARK;
}

/** Lines over, under and through letters, circles around them: no language spells so. */
function isDrawnThrough(codePoint: number): boolean {
  return (
    codePoint === 0x305 ||
    codePoint === 0x332 ||
    codePoint === 0x333 ||
    (codePoint >= 0x334 && codePoint <= 0x33f) ||
    (codePoint >= 0x20d0 && codePoint <= 0x20ff)
  );
}

/** Letters that NFKC does not know as letters: small capitals, letters in dark squares and circles, half flags. */
function drawnLetter(
  codePoint: number,
  state: Cleaning,
  { text, at }: { text: string; at: number },
): string | undefined {
  if (codePoint < 0x130) return undefined;
  const known = DRAWN_LETTERS.get(codePoint);
  if (known !== undefined || codePoint < 0x1f110 || codePoint > 0x1f1ff) return known;
  if (codePoint >= 0x1f1e6) return regionalLetter(codePoint, state, { text, at });
  for (const first of [0x1f110, 0x1f150, 0x1f170]) {
    if (codePoint >= first && codePoint < first + 26) return String.fromCharCode(0x61 + codePoint - first);
  }
  return undefined;
}

/** Two regional indicators side by side show as a flag, one alone as a letter. */
function regionalLetter(
  codePoint: number,
  state: Cleaning,
  { text, at }: { text: string; at: number },
): string | undefined {
  if (state.flagOpenAt === at) {
    state.joining = true;
    state.flagOpenAt = -1;
    return undefined;
  }
  const next = text.codePointAt(at + 2) ?? 0;
  if (next >= 0x1f1e6 && next <= 0x1f1ff) {
    state.flagOpenAt = at + 2;
    return undefined;
  }
  return String.fromCharCode(0x61 + codePoint - 0x1f1e6);
}

/** Blocks of letters in ornamental dress that NFKC undresses. Source: Unicode Blocks.txt. */
function isDrawnByNfkc(codePoint: number): boolean {
  return (
    (codePoint >= 0x1d400 && codePoint <= 0x1d7ff) ||
    (codePoint >= 0xff10 && codePoint <= 0xff19) ||
    (codePoint >= 0xff21 && codePoint <= 0xff3a) ||
    (codePoint >= 0xff41 && codePoint <= 0xff5a) ||
    (codePoint >= 0x2460 && codePoint <= 0x24e9) ||
    (codePoint >= 0x1f130 && codePoint <= 0x1f149) ||
    (codePoint >= 0x1d2c && codePoint <= 0x1d6a) ||
    (codePoint >= 0x2c7c && codePoint <= 0x2c7d)
  );
}

/** A mark that did not become part of its letter is a stress mark or ornament. */
function dropLooseMarks(text: string): string {
  let out = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (KIND[text.charCodeAt(at)] !== MARK) continue;
    out += text.slice(start, at);
    start = at + 1;
  }
  return start === 0 ? text : out + text.slice(start);
}
