/**
 * Rich messages (Bot API 10.1) are trees of blocks. Their words are what people read, so they are judged as text: every
 * string under a `text`-like field, in order, bounded in depth and length. Links stand behind words without a place in
 * the text that is made of them, so their addresses are told beside it.
 */
const TEXT_FIELDS = new Set(['text', 'title', 'caption', 'header', 'footer', 'content', 'alternative_text']);
const DEPTH_MAX = 32;
/** Telegram's own limit for a rich message. */
const LENGTH_MAX = 32_768;
/** Telegram allows 500 blocks; a message that leads to more places is not known better. */
const URLS_MAX = 100;

export interface RichContents {
  text: string;
  urls: string[];
}

export function readRichMessage(root: unknown): RichContents {
  const found: string[] = [];
  const urls: string[] = [];
  collect(root, { found, urls }, 0);
  return { text: found.join(' ').slice(0, LENGTH_MAX), urls: urls.slice(0, URLS_MAX) };
}

function collect(node: unknown, into: { found: string[]; urls: string[] }, depth: number): void {
  if (depth > DEPTH_MAX || typeof node !== 'object' || node === null) return;
  for (const [field, value] of Object.entries(node)) {
    if (typeof value !== 'string') collect(value, into, depth + 1);
    else if (Array.isArray(node) || TEXT_FIELDS.has(field)) into.found.push(value);
    else if (field === 'url') into.urls.push(value);
  }
}
