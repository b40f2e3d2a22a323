/**
 * Text as a model may see it: in one spelling, without what nobody sees, and without the signs that languages of
 * models and of data are written in. What is left can close no fence, open no turn and be no JSON.
 */

/** Formats, direction marks, tags, variation selectors, fillers, the blank of Braille: all that can carry words unseen. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Cc}\u2800]/gu;
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
