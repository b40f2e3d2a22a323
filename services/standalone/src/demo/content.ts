/** What is said in the demo, in the terms of the people who say it. `to-said.ts` makes Telegram's fields of it. */

/** Words may hold slots, filled anew each time: `{this|that}`, `{host}`, `{handle}`, `{n}`, `{word}`. */
export interface Content {
  /** The text, or the caption when there is media. */
  text?: string;
  media?: 'photo' | 'video' | 'voice' | 'document' | 'sticker';
  /** Parts of one act with the same mark are one album. */
  album?: true;
  /** Links behind words: `on` is the first place in the text where these words stand. */
  links?: readonly { on: string; to: string }[];
  /** Words under a spoiler. */
  spoiler?: string;
  forwardedFrom?: { channel: string } | { person: string };
  viaBot?: string;
  /** Buttons under the message: label and link. */
  buttons?: readonly (readonly [label: string, link: string])[];
  /** A reply to a post elsewhere, with its words quoted. */
  quotes?: { channel: string; words: string };
  /** A preview of a link that does not stand in the text. */
  preview?: string;
  contact?: { name: string; phone: string };
  giveaway?: { channel: string; prize: string; winners: number };
  poll?: { question: string; options: readonly string[] };
  /** A story of another channel, forwarded. */
  story?: { channel: string };
}

export type Speech = string | Content;

/** The discussion group's channel, in the place of a person. */
export const CHANNEL = 'channel';

/** Who says what, and to which line: so many lines back. */
export type Line = readonly [by: string, says: Speech, repliesBack?: number];

/** A few lines that belong together, in order. */
export type Dialogue = readonly Line[];

export interface Person {
  key: string;
  first: string;
  last?: string;
  username?: string;
  language: 'en' | 'ru';
  premium?: true;
}

export const TRICKS = [
  'blatant',
  'hidden link',
  'look-alike letters',
  'spaced letters',
  'invisible characters',
  'emoji wall',
  'forward',
  'keyboard',
  'external quote',
  'hidden preview',
  'spoiler',
  'channel sender',
  'album',
  'edit',
  'flood',
  'repeats',
  'first comment',
  'contact card',
  'giveaway',
  'story',
  'poll',
  'name',
  'lure',
  'offer',
] as const;
export type Trick = (typeof TRICKS)[number];

/** One thing that an actor does; without `edits` it is a new message. */
export interface Step {
  says: Speech;
  /** Since the step before. */
  afterMs?: number;
  /** Replaces the message of an earlier step, by its place in `steps`. */
  edits?: number;
  /** Said so many times in all, half a second apart. */
  times?: number;
}

/** Somebody new who joins and does something that a moderator has to think about. */
export interface SpamAct {
  trick: Trick;
  language: 'en' | 'ru';
  /** What a moderator would say of it when asked: an honest offer is none. */
  label: 'spam' | 'ham';
  /** The newcomer's name, or the title of the channel that speaks. */
  name: string;
  /** Speaks as a channel of its own, without joining. */
  as?: 'channel';
  /** Answers a new post of the linked channel. */
  under?: 'post';
  steps: readonly Step[];
}

export interface Community {
  key: string;
  title: string;
  username: string;
  /** The title of the linked channel, when there is one. */
  channel?: string;
  /** What the channel posts when somebody is going to comment on it. */
  posts?: readonly Speech[];
  owner: Person;
  moderator: Person;
  members: readonly Person[];
  dialogues: readonly Dialogue[];
  languages: readonly ('en' | 'ru')[];
}
