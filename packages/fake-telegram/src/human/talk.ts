/**
 * People talking. `from` is a user, or a chat that speaks: the group itself (an anonymous administrator), or a channel.
 */
import type { Message, User } from '@grammyjs/types';
import { rightToSend } from '../world/content.ts';
import { findEntities } from '../world/entities.ts';
import { isPermitted, isPresent, memberOf } from '../world/members.ts';
import { asReply, editMessage, liveMessage, postMessage } from '../world/messages.ts';
import { ANONYMOUS_ADMIN, CHANNEL_SPEAKER, LINKED_CHANNEL } from '../world/stand-ins.ts';
import { isForum, mayWriteIn, threadFields, threadOf } from '../world/topics.ts';
import type { ChatKey, ChatState, World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needOpenChat, needUser } from './find.ts';

/** Any fields of a Message; `reply_to` takes the id of a message of the chat and fills in `reply_to_message`. */
export type Said = Partial<Message> & { reply_to?: number };

export interface Talk {
  chat: ChatKey;
  from: number;
  message: Said;
}

export function talk(world: World, { chat: key, from, message }: Talk): Message {
  const chat = needOpenChat(world, key);
  const speaker = chat.chat.type === 'channel' ? { sender_chat: chat.chat } : speakerOf(world, chat, { from, message });
  chat.unopened = false;
  const posted = postMessage(world, chat, { draft: { ...speaker, ...contentOf(chat, message) } });
  if (chat.chat.type === 'channel') forwardToDiscussion(world, chat, posted);
  return posted;
}

function speakerOf(
  world: World,
  chat: ChatState,
  { from, message }: { from: number; message: Said },
): Pick<Message, 'from' | 'sender_chat'> {
  if (from >= 0) return { from: allowedUser(world, chat, { user: needUser(world, from), message }) };
  if (from === chat.chat.id) return { from: ANONYMOUS_ADMIN, sender_chat: chat.chat };
  if (chat.bannedSenderChats.has(from)) throw new HumanError('banned', `chat ${from} is banned from chat ${chat.key}`);
  return { from: CHANNEL_SPEAKER, sender_chat: needOpenChat(world, from).chat };
}

function allowedUser(world: World, chat: ChatState, { user, message }: { user: User; message: Said }): User {
  if (chat.blocked) throw new HumanError('invalid', `user ${user.id} has blocked the bot: startBot, or unblock`);
  if (chat.chat.type === 'private') return user;
  const member = memberOf(world, chat, user);
  if (member?.status === 'kicked') throw new HumanError('banned', `user ${user.id} is banned from chat ${chat.key}`);
  if (!member || !isPresent(member))
    throw new HumanError('notAMember', `user ${user.id} is not a member of chat ${chat.key}`);
  const thread = threadOf(message.message_thread_id, liveMessage(chat, message.reply_to ?? 0)?.message);
  if (!mayWriteIn(chat, thread, member)) {
    throw new HumanError('restricted', `the topic is closed to user ${user.id} in chat ${chat.key}`);
  }
  const right = rightToSend(message);
  if (isPermitted(chat, member, 'can_send_messages') && isPermitted(chat, member, right)) return user;
  throw new HumanError('restricted', `user ${user.id} lacks ${right} in chat ${chat.key}`);
}

function contentOf(chat: ChatState, { reply_to, ...message }: Said): Partial<Message> {
  const original = reply_to === undefined ? undefined : liveMessage(chat, reply_to)?.message;
  const reply = original ? { reply_to_message: asReply(original) } : {};
  return { ...threadPart(chat, message, original), ...reply, ...withEntities(message) };
}

/** In a forum a message is in the topic that it names, or in that of the message it replies to. */
function threadPart(chat: ChatState, { message_thread_id: named }: Said, original?: Message): Partial<Message> {
  if (!isForum(chat)) return {};
  const id = threadOf(named, original);
  const fields = threadFields(chat, id);
  if (fields) return fields;
  throw new HumanError('notFound', `there is no topic ${id} in chat ${chat.key}`);
}

/** Telegram finds commands, links and mentions by itself; whoever states entities is taken at their word. */
function withEntities(message: Partial<Message>): Partial<Message> {
  const inText = message.text && !message.entities ? findEntities(message.text) : [];
  const inCaption = message.caption && !message.caption_entities ? findEntities(message.caption) : [];
  return {
    ...message,
    ...(inText.length > 0 ? { entities: inText } : {}),
    ...(inCaption.length > 0 ? { caption_entities: inCaption } : {}),
  };
}

/** A post of a channel appears in its discussion group at once, as a forward by Telegram itself. */
function forwardToDiscussion(world: World, channel: ChatState, post: Message): void {
  const group = channel.linkedChatId === undefined ? undefined : world.chats.get(channel.linkedChatId);
  if (!group || channel.chat.type !== 'channel') return;
  const { message_id, date, chat: _chat, ...content } = post;
  const forward_origin = { type: 'channel' as const, chat: channel.chat, message_id, date };
  const draft = { ...content, from: LINKED_CHANNEL, sender_chat: channel.chat, is_automatic_forward: true as const };
  postMessage(world, group, { draft: { ...draft, forward_origin } });
}

export interface Edit {
  chat: ChatKey;
  id: number;
  message: Partial<Message>;
}

/** Changes fields of a person's message. New text or caption brings its own entities. */
export function edit(world: World, { chat: key, id, message }: Edit): Message {
  const chat = needOpenChat(world, key);
  if (!liveMessage(chat, id)) throw new HumanError('notFound', `there is no message ${id} in chat ${key}`);
  const changes = {
    ...(message.text === undefined ? {} : { entities: undefined }),
    ...(message.caption === undefined ? {} : { caption_entities: undefined }),
    ...withEntities(message),
  };
  return editMessage(world, chat, { id, changes });
}
