/** Entities that Telegram finds in plain text by itself; a bot framework finds commands and links only through these. */
import type { MessageEntity } from '@grammyjs/types';

type Found = 'bot_command' | 'mention' | 'hashtag' | 'url' | 'email';

/** Tried together at each place, the first that fits wins: an address is not a mention, a path in a link is no command. */
const PATTERN = new RegExp(
  [
    String.raw`(?<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)`,
    String.raw`(?<url>(?:https?:\/\/|(?<![\w@.-])(?=[\w.-]+\.(?:com|org|net|ru|me|io|info|xyz|top|shop|online|site)\b))[^\s<>"]+)`,
    String.raw`(?<![\w/])(?<bot_command>\/[A-Za-z]\w{0,31}(?:@\w{3,32})?)`,
    String.raw`(?<!\w)(?<mention>@[A-Za-z]\w{3,31})`,
    String.raw`(?<!\w)(?<hashtag>#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)`,
  ].join('|'),
  'gu',
);

/** Most messages have none of these characters, and then there is nothing to look for. */
const WORTH_LOOKING = /[/@#.]/;

/** Offsets and lengths in UTF-16 code units, as Telegram counts. */
export function findEntities(text: string): MessageEntity[] {
  if (!WORTH_LOOKING.test(text)) return [];
  return Array.from(text.matchAll(PATTERN), (match) => {
    const type = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] as Found;
    return { type, offset: match.index, length: match[0].length };
  });
}
