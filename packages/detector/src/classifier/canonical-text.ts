/**
 * Folded text as a sequence of 16-bit codes, ready for n-grams: links, handles and numbers become one code each, so that
 * a model cannot learn the address of yesterday's campaign, nor the invented handles of a written corpus. Every word
 * stands between two spaces. Buffers are reused: a result is valid until the next call.
 */

/**
 * Telegram's own limit for a message. A longer text (a rich message, an attachment) says nothing in its tail that
 * 4,096 characters did not, and judging it must not cost more.
 */
export const READ_MAX = 4096;
/** A run of one symbol beyond this length says no more: "!!!!!!!!" is "!!!". */
const SAME_MAX = 3;
/** "beettinng" is "beting", and so is "betting": who doubles letters to hide a word changes nothing. */
const SAME_LETTERS_MAX = 1;

export const SPACE = 0x20;
/** Codes of placeholders lie in Unicode's private use area. */
const PLACEHOLDERS = 0xe000;
const PLACEHOLDERS_END = 0xe020;
const LINK = 0xe000;
const TELEGRAM_LINK = 0xe001;
const HANDLE = 0xe002;
/** NUMBER + n stands for a number of n digits, n up to 7. */
const NUMBER = 0xe010;
const DIGITS_MAX = 7;

export const SYMBOL = 0;
export const LETTER = 1;
const DIGIT = 2;
const BLANK = 3;
/** A letter of a script written without spaces: its words are found by character n-grams only. */
export const UNSPACED = 4;

const UNSPACED_SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The kind of every UTF-16 code unit. Surrogates are symbols: what is left of them after folding is emoji. */
const KIND = Uint8Array.from({ length: 0x10000 }, (_, code) => kindOf(code));

function kindOf(code: number): number {
  if (isPlaceholder(code)) return LETTER;
  const char = String.fromCharCode(code);
  if (UNSPACED_SCRIPTS.test(char)) return UNSPACED;
  if (/[\p{L}\p{M}]/u.test(char)) return LETTER;
  if (/\p{Nd}/u.test(char)) return DIGIT;
  return /\s/u.test(char) ? BLANK : SYMBOL;
}

export function kindOfCode(code: number): number {
  return KIND[code] ?? SYMBOL;
}

export function isPlaceholder(code: number): boolean {
  return code >= PLACEHOLDERS && code < PLACEHOLDERS_END;
}

export interface CanonicalText {
  codes: Uint16Array;
  /** How many of `codes` count. */
  length: number;
  links: number;
  handles: number;
}

/** "host.tld" with or without scheme and path, in ASCII as Telegram links it; decides only for words with a dot. */
const ADDRESS = /^[("'«[]*(?:https?:\/\/|tg:\/\/)?(?:[a-z0-9_-]{1,63}\.){1,6}[a-z]{2,12}(?:[/:?#]|[)"'»\],.!?;]*$)/u;
const TELEGRAM = /(?:^|\/|\.|["'(«[])(?:t|telegram)\.(?:me|dog)\//u;

export function createCanonicalizer(): (folded: string) => CanonicalText {
  const out: CanonicalText = { codes: new Uint16Array(READ_MAX + 2), length: 0, links: 0, handles: 0 };

  return function canonicalize(folded) {
    out.codes[0] = SPACE;
    out.length = 1;
    out.links = 0;
    out.handles = 0;
    const end = Math.min(folded.length, READ_MAX);
    for (let start = 0; start < end;) {
      let stop = folded.indexOf(' ', start);
      if (stop < 0 || stop > end) stop = end;
      if (stop > start) appendWord(out, folded, { start, stop });
      start = stop + 1;
    }
    return out;
  };
}

function appendWord(out: CanonicalText, text: string, { start, stop }: { start: number; stop: number }): void {
  const special = text.charCodeAt(start) === 0x40 ? HANDLE : addressCode(text, start, stop);
  if (special === HANDLE && stop - start > 4) out.handles += 1;
  else if (special !== 0 && special !== HANDLE) out.links += 1;
  if (special === 0 || (special === HANDLE && stop - start <= 4)) appendCodes(out, text, { start, stop });
  else out.codes[out.length++] = special;
  if (out.codes[out.length - 1] !== SPACE) out.codes[out.length++] = SPACE;
}

function addressCode(text: string, start: number, stop: number): number {
  const dot = text.indexOf('.', start + 1);
  if (dot < 0 || dot >= stop - 2) return 0;
  const word = text.slice(start, stop);
  if (!ADDRESS.test(word)) return 0;
  return TELEGRAM.test(word) ? TELEGRAM_LINK : LINK;
}

function appendCodes(out: CanonicalText, text: string, { start, stop }: { start: number; stop: number }): void {
  const { codes } = out;
  let length = out.length;
  let digits = 0;
  let same = 0;
  for (let at = start; at < stop; at += 1) {
    const code = text.charCodeAt(at);
    const kind = KIND[code];
    if (kind === DIGIT) {
      digits += 1;
      continue;
    }
    if (digits > 0) codes[length++] = NUMBER + Math.min(digits, DIGITS_MAX);
    digits = 0;
    same = code === codes[length - 1] ? same + 1 : 0;
    if (same < (kind === LETTER ? SAME_LETTERS_MAX : SAME_MAX)) codes[length++] = kind === BLANK ? SPACE : code;
  }
  if (digits > 0) codes[length++] = NUMBER + Math.min(digits, DIGITS_MAX);
  out.length = length;
}
