/**
 * Text as a model may see it: in one spelling, without what nobody sees, and without the signs that languages of
 * models and of data are written in. What is left can close no fence, open no turn and be no JSON.
 */

/** Formats, direction marks, tags, variation selectors and fillers: all that can carry words past a reader. */
const INVISIBLE =
  /[\p{Cf}\p{Cs}\p{Cc}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\u{e0000}-\u{e0fff}]/gu;
const LINE_BREAKS = /[\r\n\t\u0085\u2028\u2029]+/g;
const SPACES = / {2,}/g;
/** Headings set off the parts of a prompt. */
const HEADING = /#{2,}/g;
const SIGNS: Readonly<Record<string, string>> = {
  '<': '\u2039',
  '>': '\u203a',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '|': '\u00a6',
  '`': "'",
  '\\': '/',
};
const SIGN = /[<>[\]{}|`\\]/g;

/** At most `max` characters. NFKC can make text longer, so what is cut is the result. */
export function tidy(text: string, max: number): string {
  return text
    .slice(0, 2 * max)
    .normalize('NFKC')
    .replace(LINE_BREAKS, ' / ')
    .replace(INVISIBLE, '')
    .replace(SIGN, (sign) => SIGNS[sign] ?? ' ')
    .replace(HEADING, '#')
    .replace(SPACES, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
}
