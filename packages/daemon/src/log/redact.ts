/**
 * What must never be in a log: secrets, and what people wrote. Fields are taken out by the words of their names at any
 * depth; bot tokens are masked wherever they stand in a string, since libraries put them into URLs and error messages.
 */
const REDACTED = '[redacted]';

const WORDS = new Set(['text', 'caption', 'token', 'authorization', 'cookie', 'password', 'secret']);
/** `botToken`, `bot_token` and `x-bot-token` have the same words. */
const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/** https://core.telegram.org/bots/api#authorizing-your-bot: `123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11`. */
const BOT_TOKEN = /\d{6,}:[A-Za-z0-9_-]{30,}/g;
/** Also a token of another form, where the Bot API has it in its address. */
const BOT_PATH = /\/bot[^/\s"']+\//g;

function maskTokens(text: string): string {
  return text.replaceAll(BOT_TOKEN, REDACTED).replaceAll(BOT_PATH, `/bot${REDACTED}/`);
}

function isForbidden(name: string): boolean {
  return name.match(WORD)?.some((word) => WORDS.has(word.toLowerCase())) ?? false;
}

/** A copy of a JSON value without what must not be there. Numbers and booleans say nothing: `textLength` stays. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return maskTokens(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactField(name, inner)]));
}

function redactField(name: string, value: unknown): unknown {
  const tells = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return tells && isForbidden(name) ? REDACTED : redact(value);
}
