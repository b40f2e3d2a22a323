/**
 * Rich messages (Bot API 10.1) are trees of blocks. Their words are what people read, so they are judged as text:
 * every string under a `text`-like field, in order, bounded in depth and length.
 */
const TEXT_FIELDS = new Set(['text', 'title', 'caption', 'header', 'footer', 'content', 'alternative_text']);
const DEPTH_MAX = 32;
/** Telegram's own limit for a rich message. */
const LENGTH_MAX = 32_768;

export function richText(root: unknown): string {
  const found: string[] = [];
  collect(root, found, 0);
  return found.join(' ').slice(0, LENGTH_MAX);
}

function collect(node: unknown, found: string[], depth: number): void {
  if (depth > DEPTH_MAX || typeof node !== 'object' || node === null) return;
  for (const [field, value] of Object.entries(node)) {
    if (typeof value === 'string') {
      if (Array.isArray(node) || TEXT_FIELDS.has(field)) found.push(value);
    } else {
      collect(value, found, depth + 1);
    }
  }
}
