/**
 * Does a text contain a pattern in which `*` stands for any run of characters? By plain search, part after part, so
 * that no pattern of a user can cost more than the length of the text times its parts. With whole words a match begins
 * and ends at a word's border.
 */
export function wildcardIn(text: string, pattern: string, { wholeWords }: { wholeWords: boolean }): boolean {
  const parts = pattern.split('*').filter((part) => part !== '');
  const [first] = parts;
  if (first === undefined) return false;
  const openStart = pattern.startsWith('*');
  for (let start = text.indexOf(first); start !== -1; start = text.indexOf(first, start + 1)) {
    if (wholeWords && !openStart && !isBorder(text, start)) continue;
    const end = endOf(text, parts, start);
    if (end === -1) return false;
    if (!wholeWords || pattern.endsWith('*') || isBorder(text, end)) return true;
  }
  return false;
}

/** Where the match of all parts ends that begins at `start`; -1 when a later part is nowhere. */
function endOf(text: string, parts: readonly string[], start: number): number {
  let at = start;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return -1;
    at = found + part.length;
  }
  return at;
}

const LETTER = /[\p{L}\p{N}]/u;

function isBorder(text: string, at: number): boolean {
  return !(LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at)));
}
