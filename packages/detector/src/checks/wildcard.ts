/**
 * Does a text contain a pattern in which `*` stands for any run of characters? By plain search, part after part, so
 * that no pattern of a user can cost more than the length of the text times its parts. With whole words a match begins
 * and ends at a word's border.
 *
 * The first part's first good place leaves the most room for the rest, and so does the first place of each part between:
 * where these lead to no match, no later ones do. Only the last part is looked for on and on, until it ends well.
 */
export function wildcardIn(text: string, pattern: string, { wholeWords }: { wholeWords: boolean }): boolean {
  const parts = pattern.split('*').filter((part) => part !== '');
  const first = parts.shift();
  if (first === undefined) return false;
  const last = parts.pop();
  const startsAtBorder = wholeWords && !pattern.startsWith('*');
  const endsAtBorder = wholeWords && !pattern.endsWith('*');
  if (last === undefined) return find(text, first, { from: 0, startsAtBorder, endsAtBorder }) !== -1;
  let at = find(text, first, { from: 0, startsAtBorder, endsAtBorder: false });
  for (const part of parts) {
    if (at === -1) return false;
    at = find(text, part, { from: at, startsAtBorder: false, endsAtBorder: false });
  }
  return at !== -1 && find(text, last, { from: at, startsAtBorder: false, endsAtBorder }) !== -1;
}

interface Where {
  from: number;
  startsAtBorder: boolean;
  endsAtBorder: boolean;
}

/** Where the first good match of `part` ends; -1 for none. */
function find(text: string, part: string, { from, startsAtBorder, endsAtBorder }: Where): number {
  for (let start = text.indexOf(part, from); start !== -1; start = text.indexOf(part, start + 1)) {
    const end = start + part.length;
    if ((!startsAtBorder || isBorder(text, start)) && (!endsAtBorder || isBorder(text, end))) return end;
  }
  return -1;
}

const LETTER = /[\p{L}\p{N}]/u;

function isBorder(text: string, at: number): boolean {
  return !(LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at)));
}
