/** Content to the fields of a Telegram message. Pure: ids and slots come from the given chance, dates from `nowS`. */
import type { Said } from '@chatwarden/fake-telegram';
import type { Content, Speech } from './content.ts';
import type { Random } from './random.ts';
import { vary } from './vary.ts';

export interface SaidContext {
  random: Random;
  /** Seconds since 1970. */
  nowS: number;
  /** What parts of one album share. */
  album?: string;
}

type Part = (content: Content, context: SaidContext) => Said;
type Entities = NonNullable<Said['entities']>;

const PARTS: readonly Part[] = [words, media, forward, keyboard, quote, preview, contact, giveaway, poll, story];

const DAY_S = 86_400;

export function toSaid(speech: Speech, context: SaidContext): Said {
  const content = typeof speech === 'string' ? { text: speech } : speech;
  return Object.assign({}, ...PARTS.map((part) => part(content, context))) as Said;
}

function words(content: Content, { random }: SaidContext): Said {
  if (content.text === undefined) return {};
  const text = vary(content.text, random);
  const marked: Entities = (content.links ?? []).map(({ on, to }) => ({
    type: 'text_link',
    ...place(text, on),
    url: vary(to, random),
  }));
  if (content.spoiler !== undefined) marked.push({ type: 'spoiler', ...place(text, content.spoiler) });
  // Stated entities replace those that Telegram finds by itself, so none are stated when there is nothing to mark.
  const stated = marked.length > 0;
  if (content.media) return { caption: text, ...(stated ? { caption_entities: marked } : {}) };
  return { text, ...(stated ? { entities: marked } : {}) };
}

function place(text: string, words: string): { offset: number; length: number } {
  const offset = text.indexOf(words);
  if (offset < 0) throw new RangeError(`"${words}" does not stand in "${text}"`);
  return { offset, length: words.length };
}

function media({ media: kind, album }: Content, context: SaidContext): Said {
  if (kind === undefined) return {};
  const grouped = album && context.album !== undefined ? { media_group_id: context.album } : {};
  const id = String(context.random.between(1, 1_000_000_000));
  const file = { file_id: `file-${id}`, file_unique_id: `unique-${id}` };
  const size = { width: 1280, height: 960 };
  switch (kind) {
    case 'photo':
      return { ...grouped, photo: [{ ...file, ...size }] };
    case 'video':
      return { ...grouped, video: { ...file, ...size, duration: 14 } };
    case 'voice':
      return { voice: { ...file, duration: 7 } };
    case 'document':
      return { document: { ...file, file_name: 'notes.pdf', mime_type: 'application/pdf' } };
    case 'sticker':
      return {
        sticker: {
          ...file,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '👍',
        },
      };
  }
}

function forward({ forwardedFrom }: Content, context: SaidContext): Said {
  if (forwardedFrom === undefined) return {};
  const date = context.nowS - context.random.between(60, DAY_S);
  if ('person' in forwardedFrom) {
    return { forward_origin: { type: 'hidden_user', sender_user_name: forwardedFrom.person, date } };
  }
  return { forward_origin: channelOrigin(forwardedFrom.channel, date, context) };
}

function channelOrigin(title: string, date: number, { random }: SaidContext) {
  return { type: 'channel' as const, date, chat: channelNamed(title), message_id: random.between(10, 9000) };
}

/** Channels that are only spoken of do not exist in the fake; the same title is always the same channel. */
function channelNamed(title: string) {
  let hash = 7;
  for (const char of title) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_000_000;
  return { id: -1_009_000_000_000 - hash, type: 'channel' as const, title };
}

function keyboard({ buttons, viaBot }: Content, { random }: SaidContext): Said {
  const rows = buttons?.map(([label, link]) => [{ text: vary(label, random), url: vary(link, random) }]);
  return {
    ...(rows ? { reply_markup: { inline_keyboard: rows } } : {}),
    ...(viaBot === undefined
      ? {}
      : {
          via_bot: {
            id: 6_000_000_001,
            is_bot: true,
            first_name: viaBot,
            username: `${viaBot.replace(/\W/g, '')}_bot`,
          },
        }),
  };
}

function quote({ quotes }: Content, context: SaidContext): Said {
  if (quotes === undefined) return {};
  const origin = channelOrigin(quotes.channel, context.nowS - DAY_S, context);
  return {
    external_reply: { origin, chat: origin.chat, message_id: origin.message_id },
    quote: { text: vary(quotes.words, context.random), position: 0, is_manual: true },
  };
}

function preview({ preview: link }: Content, { random }: SaidContext): Said {
  return link === undefined ? {} : { link_preview_options: { url: vary(link, random), show_above_text: true } };
}

function contact({ contact: card }: Content): Said {
  return card === undefined ? {} : { contact: { first_name: card.name, phone_number: card.phone } };
}

function giveaway({ giveaway: draw }: Content, { nowS }: SaidContext): Said {
  if (draw === undefined) return {};
  return {
    giveaway: {
      chats: [channelNamed(draw.channel)],
      winners_selection_date: nowS + DAY_S,
      winner_count: draw.winners,
      prize_description: draw.prize,
    },
  };
}

function poll({ poll: asked }: Content, { random }: SaidContext): Said {
  if (asked === undefined) return {};
  return {
    poll: {
      id: String(random.between(1, 1_000_000_000)),
      question: asked.question,
      options: asked.options.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
      allows_revoting: true,
      members_only: false,
    },
  };
}

function story({ story: told }: Content, { random }: SaidContext): Said {
  return told === undefined ? {} : { story: { chat: channelNamed(told.channel), id: random.between(1, 500) } };
}
