import { Type, type Static } from 'typebox';
import { envelope } from './envelope.ts';
import { Millis } from './ids.ts';
import { Message } from './message.ts';
import { Sender } from './sender.ts';

const common = { schema: Type.Literal('chat-event/1'), ...envelope, sender: Sender };

export const MessageEvent = Type.Object({
  ...common,
  kind: Type.Enum(['MessagePosted', 'MessageEdited']),
  message: Message,
});
export type MessageEvent = Static<typeof MessageEvent>;

export const Join = Type.Object({
  how: Type.Enum(['link', 'request', 'invite', 'folder', 'unknown']),
  bio: Type.Optional(Type.String()),
  inviteLinkName: Type.Optional(Type.String()),
  requestedAt: Type.Optional(Millis),
});
export type Join = Static<typeof Join>;

export const JoinEvent = Type.Object({
  ...common,
  kind: Type.Enum(['JoinRequested', 'MemberJoined']),
  join: Join,
});
export type JoinEvent = Static<typeof JoinEvent>;

export const Reaction = Type.Object({
  type: Type.Enum(['emoji', 'customEmoji', 'paid']),
  emoji: Type.Optional(Type.String()),
  customEmojiId: Type.Optional(Type.String()),
});
export type Reaction = Static<typeof Reaction>;

export const ReactionEvent = Type.Object({
  ...common,
  kind: Type.Literal('ReactionAdded'),
  messageId: Type.Integer(),
  reactions: Type.Array(Reaction),
});
export type ReactionEvent = Static<typeof ReactionEvent>;

/** What is judged. Consumers skip and count kinds that they do not know. */
export const ChatEvent = Type.Union([MessageEvent, JoinEvent, ReactionEvent]);
export type ChatEvent = MessageEvent | JoinEvent | ReactionEvent;

export function isMessageEvent(event: ChatEvent): event is MessageEvent {
  return event.kind === 'MessagePosted' || event.kind === 'MessageEdited';
}
