/** parse_mode HTML: the tags of core.telegram.org/bots/api#html-style become entities, counted in UTF-16 code units. */
import type { MessageEntity } from '@grammyjs/types';
import { badRequest } from './errors.ts';

const ENTITY_OF_TAG: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
};

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** A tag, a character reference, or a "<" that starts neither, which Telegram refuses. */
const TOKEN =
  /<(?<close>\/?)(?<tag>[a-z][a-z0-9-]*)(?<attributes>[^<>]*)>|&(?<name>lt|gt|amp|quot);|&#(?<code>x[0-9a-f]+|\d+);|</gi;

interface Open {
  tag: string;
  offset: number;
  href: string | undefined;
}

export function parseHtml(html: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  let text = '';
  let at = 0;
  for (const match of html.matchAll(TOKEN)) {
    text += html.slice(at, match.index);
    at = match.index + match[0].length;
    const { close, tag = '', attributes = '', name, code } = match.groups ?? {};
    const place = {
      tag: tag.toLowerCase(),
      offset: text.length,
      atByte: Buffer.byteLength(html.slice(0, match.index)),
    };
    if (name !== undefined) text += NAMED[name.toLowerCase()] ?? '';
    else if (code !== undefined) text += fromCode(code);
    else if (close) entities.push(...closeTag(open.pop(), place));
    else open.push(openTag(attributes, place));
  }
  const unclosed = open.at(-1);
  if (unclosed) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  text += html.slice(at);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

interface Place {
  tag: string;
  /** In the text that results, UTF-16 code units. */
  offset: number;
  /** In the HTML, UTF-8 bytes, as Telegram's errors count. */
  atByte: number;
}

function openTag(attributes: string, { tag, offset, atByte }: Place): Open {
  if (!(tag in ENTITY_OF_TAG)) throw cannotParse(`Unsupported start tag "${tag}" at byte offset ${atByte}`);
  return { tag, offset, href: /href\s*=\s*["']?([^"'\s]*)/i.exec(attributes)?.[1] };
}

function closeTag(open: Open | undefined, { tag, offset, atByte }: Place): MessageEntity[] {
  if (!open) throw cannotParse(`Unexpected end tag at byte offset ${atByte}`);
  if (open.tag !== tag) {
    throw cannotParse(`Unmatched end tag at byte offset ${atByte}, expected "</${open.tag}>", found "</${tag}>"`);
  }
  const place = { offset: open.offset, length: offset - open.offset };
  if (place.length === 0) return [];
  if (tag === 'a') return open.href ? [{ type: 'text_link', url: open.href, ...place }] : [];
  return [{ type: ENTITY_OF_TAG[tag], ...place } as MessageEntity];
}

const cannotParse = (text: string) => badRequest(`can't parse entities: ${text}`);

const fromCode = (code: string) =>
  String.fromCodePoint(code.startsWith('x') ? Number.parseInt(code.slice(1), 16) : Number(code));
