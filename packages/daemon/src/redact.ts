/**
 * What must never reach a log: bot tokens wherever they stand (the Bot API carries them in its paths), and the values
 * of fields that hold secrets or what people wrote.
 */
const TOKEN = /\b\d{5,}:[A-Za-z0-9_-]{20,}/g;
const HIDDEN_FIELDS = new Set([
  'text',
  'caption',
  'token',
  'authorization',
  'cookie',
  'password',
  'secret',
  'api_key',
  'payload',
]);
const HIDDEN = '[hidden]';
/** Deeper than anything that we log on purpose. */
const DEPTH_MAX = 8;

export function redactText(text: string): string {
  return text.replace(TOKEN, HIDDEN);
}

/** A copy without secrets; cycles and endless depth end. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= DEPTH_MAX) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    HIDDEN_FIELDS.has(name.toLowerCase()) ? HIDDEN : redact(field, depth + 1),
  ]);
  return Object.fromEntries(entries);
}
