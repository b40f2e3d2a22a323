/** The lines of a vCard that people are shown: RFC 6350, "NAME;parameters:value", a line each. */
const WORDS: ReadonlySet<string> = new Set(['ORG', 'TITLE', 'ROLE', 'NOTE']);
/** Telegram's limit, in bytes. Source: https://core.telegram.org/bots/api#contact */
const READ_MAX = 2048;

export interface Card {
  words: string[];
  urls: string[];
}

export function readCard(vcard: unknown): Card {
  const card: Card = { words: [], urls: [] };
  if (typeof vcard !== 'string') return card;
  for (const line of vcard.slice(0, READ_MAX).split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).trim();
    // "item1.URL;type=pref" is a URL as well.
    const name = line.slice(0, Math.max(colon, 0)).split(';', 1)[0]?.split('.').at(-1)?.trim().toUpperCase() ?? '';
    if (value === '') continue;
    if (name === 'URL') card.urls.push(value);
    else if (WORDS.has(name)) card.words.push(value);
  }
  return card;
}
