/**
 * PostgreSQL stores no NUL in text, and no half of a surrogate pair in jsonb. Both can come from Telegram, or from a
 * text that was cut in the middle of an emoji, and must not make a record that can never be written.
 */
const SUSPECT_ESCAPE = /\\u(0000|d[89a-f])/;

export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!SUSPECT_ESCAPE.test(json)) return json;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? toText(part) : part));
}

export function toText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
