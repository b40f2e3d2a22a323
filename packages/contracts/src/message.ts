/**
 * A Telegram message reduced to our terms: every signal that the detector may look at, and nothing else.
 * Field names follow the Bot API where it has one (https://core.telegram.org/bots/api#message).
 */
import { Type, type Static } from 'typebox';
import { Millis } from './ids.ts';

const count = Type.Integer({ minimum: 0 });

/** A message entity; offset and length in UTF-16 code units, as Telegram counts. */
export const Entity = Type.Object({
  type: Type.String({ description: "Telegram's entity type: url, text_link, mention, custom_emoji, spoiler, ..." }),
  offset: count,
  length: count,
  url: Type.Optional(Type.String()),
  userId: Type.Optional(Type.Integer({ description: 'of a text_mention' })),
  customEmojiId: Type.Optional(Type.String()),
});
export type Entity = Static<typeof Entity>;

export const MediaKind = Type.Enum([
  'photo',
  'video',
  'animation',
  'audio',
  'document',
  'sticker',
  'voice',
  'videoNote',
  'livePhoto',
  'paidMedia',
]);
export type MediaKind = Static<typeof MediaKind>;

export const Media = Type.Object({
  kind: MediaKind,
  fileUniqueId: Type.Optional(Type.String({ description: 'the same for every bot and for every copy' })),
  fileName: Type.Optional(Type.String()),
  spoiler: Type.Optional(Type.Literal(true)),
});
export type Media = Static<typeof Media>;

/** Where a forwarded message, or the message of an external reply, comes from. */
export const Origin = Type.Object({
  type: Type.Enum(['user', 'hiddenUser', 'chat', 'channel', 'unknown']),
  chatId: Type.Optional(Type.Integer()),
  title: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  messageId: Type.Optional(Type.Integer()),
});
export type Origin = Static<typeof Origin>;

/** Things a message can be besides text and media, each one rare in honest talk. */
export const Attachment = Type.Enum([
  'contact',
  'poll',
  'story',
  'giveaway',
  'giveawayWinners',
  'game',
  'dice',
  'venue',
  'location',
  'invoice',
  'checklist',
  'gift',
]);
export type Attachment = Static<typeof Attachment>;

export const ExternalReply = Type.Object({
  origin: Origin,
  /** False for a reply across topics of this same chat, which Telegram also shows as external. */
  otherChat: Type.Boolean(),
  media: Type.Array(MediaKind),
  attachments: Type.Optional(Type.Array(Attachment)),
  linkPreviewUrl: Type.Optional(Type.String()),
});
export type ExternalReply = Static<typeof ExternalReply>;

export const Button = Type.Object({ text: Type.String(), url: Type.Optional(Type.String()) });
export type Button = Static<typeof Button>;

export const LinkPreview = Type.Object({
  url: Type.Optional(Type.String()),
  disabled: Type.Optional(Type.Literal(true)),
  aboveText: Type.Optional(Type.Literal(true)),
});

export const ReplyTo = Type.Object({
  messageId: Type.Integer(),
  /** The message replied to is a post of the linked channel: this is a comment under it. */
  automaticForward: Type.Optional(Type.Literal(true)),
  sentAt: Type.Optional(Millis),
});

export const Message = Type.Object({
  messageId: Type.Integer(),
  threadId: Type.Optional(Type.Integer({ description: 'forum topic' })),
  albumId: Type.Optional(Type.String({ description: 'media_group_id' })),
  /** Text, caption, or a rich message flattened; polls, checklists and contacts add their words in `attachmentText`. */
  text: Type.String(),
  entities: Type.Array(Entity),
  media: Type.Array(Media),
  attachments: Type.Array(Attachment),
  attachmentText: Type.Optional(Type.String()),
  /** Whose story was forwarded, and who holds the giveaway. */
  attachmentChats: Type.Optional(Type.Array(Origin)),
  contactPhone: Type.Optional(Type.String()),
  /** Addresses behind words that are not in `text`: of polls, checklists, visiting cards; and of rich messages. */
  attachmentUrls: Type.Optional(Type.Array(Type.String())),
  forward: Type.Optional(Origin),
  /** A post of the linked channel that Telegram itself forwarded into its discussion group. */
  automaticForward: Type.Optional(Type.Literal(true)),
  externalReply: Type.Optional(ExternalReply),
  quote: Type.Optional(Type.Object({ text: Type.String(), manual: Type.Boolean() })),
  replyTo: Type.Optional(ReplyTo),
  replyToStory: Type.Optional(Type.Literal(true)),
  viaBot: Type.Optional(Type.Object({ id: Type.Integer(), username: Type.Optional(Type.String()) })),
  /** Written by a bot that is no member of the group, called here by somebody's message. */
  guestBot: Type.Optional(Type.Literal(true)),
  /** Sent by an implicit action: scheduled earlier, or an automatic answer. */
  scheduled: Type.Optional(Type.Literal(true)),
  buttons: Type.Array(Button),
  linkPreview: Type.Optional(LinkPreview),
  /** When the first version was sent; of an edit only, whose event bears the time of the edit. */
  sentAt: Type.Optional(Millis),
  editedAt: Type.Optional(Millis),
});
export type Message = Static<typeof Message>;
