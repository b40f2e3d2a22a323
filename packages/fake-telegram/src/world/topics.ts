/**
 * Topics of a forum. A topic's id is that of the service message that made it. "General" is always there: its messages
 * bear no thread, though it is called 1 where it has to be named.
 */
import type { ChatMember, Message, User } from '@grammyjs/types';
import { hasRight } from './members.ts';
import { asReply, deleteMessage, liveMessage, postMessage } from './messages.ts';
import { recordEffect, type ChatState, type Topic, type World } from './world.ts';

export const GENERAL_ID = 1;
const NAME_MAX = 128;
/** The first of the colours that Telegram offers. */
export const DEFAULT_ICON_COLOR = 0x6fb9f0;

/** Who changes a topic; `botId` when it is a bot. */
export interface By {
  by: User;
  botId?: number | undefined;
}

export interface NewTopic extends By {
  name: string;
  iconColor: number;
  iconEmoji?: string;
}

/** The id of the new topic. */
export function createTopic(world: World, chat: ChatState, { by, botId, ...rest }: NewTopic): number {
  const id = chat.lastMessageId + 1;
  const topic: Topic = { ...rest, name: rest.name.slice(0, NAME_MAX), creatorId: by.id, closed: false };
  chat.topics.set(id, topic);
  const { name, iconColor: icon_color, iconEmoji } = topic;
  const forum_topic_created = { name, icon_color, ...(iconEmoji ? { icon_custom_emoji_id: iconEmoji } : {}) };
  postInTopic(world, chat, { id, by, botId, content: { forum_topic_created } });
  recordEffect(world, { kind: 'topicCreated', chatId: chat.chat.id, messageId: id, byId: by.id, text: name });
  return id;
}

/** False when it has that name already. */
export function renameTopic(world: World, chat: ChatState, { id, name, ...who }: By & { id: number; name: string }) {
  const topic = chat.topics.get(id);
  if (!topic || topic.name === name) return false;
  topic.name = name.slice(0, NAME_MAX);
  postInTopic(world, chat, { id, ...who, content: { forum_topic_edited: { name: topic.name } } });
  recordEffect(world, { kind: 'topicEdited', chatId: chat.chat.id, messageId: id, byId: who.by.id, text: topic.name });
  return true;
}

/** False when it is that way already. The id of "General" will do, too. */
export function setTopicClosed(
  world: World,
  chat: ChatState,
  { id, closed, ...who }: By & { id: number; closed: boolean },
) {
  const topic = id === GENERAL_ID ? chat.general : chat.topics.get(id);
  if (!topic || topic.closed === closed) return false;
  topic.closed = closed;
  const content = closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} };
  postInTopic(world, chat, { id, ...who, content });
  const kind = closed ? 'topicClosed' : 'topicReopened';
  recordEffect(world, { kind, chatId: chat.chat.id, messageId: id, byId: who.by.id });
  return true;
}

/** With everything that was said in it. Bots are not told, as of any deletion. */
export function deleteTopic(world: World, chat: ChatState, { id, byId }: { id: number; byId: number }): void {
  chat.topics.delete(id);
  for (const [messageId, { message }] of chat.messages) {
    if (message.message_thread_id === id) deleteMessage(world, chat, { id: messageId, byId });
  }
  recordEffect(world, { kind: 'topicDeleted', chatId: chat.chat.id, messageId: id, byId });
}

interface TopicNotice extends By {
  id: number;
  content: Partial<Message>;
}

function postInTopic(world: World, chat: ChatState, { id, by, botId, content }: TopicNotice): void {
  const thread = id === GENERAL_ID ? {} : { message_thread_id: id, is_topic_message: true as const };
  const start = 'forum_topic_created' in content ? {} : threadFields(chat, id === GENERAL_ID ? undefined : id);
  const draft = { from: by, ...thread, ...start, ...content };
  postMessage(world, chat, { draft, ...(botId === undefined ? {} : { botId }) });
}

/** The thread of a new message: the one it names, or that of the message it replies to. */
export function threadOf(named: number | undefined, original: Message | undefined): number | undefined {
  return named ?? (original?.is_topic_message ? original.message_thread_id : undefined);
}

/**
 * What a message of a thread bears; undefined when there is no such thread. In a topic, who replies to nothing replies
 * to the message that made it.
 */
export function threadFields(chat: ChatState, id: number | undefined): Partial<Message> | undefined {
  if (id === undefined) return {};
  const root = liveMessage(chat, id);
  if (!isForum(chat)) return root && { message_thread_id: id };
  if (!chat.topics.has(id)) return undefined;
  const reply = root ? { reply_to_message: asReply(root.message) } : {};
  return { message_thread_id: id, is_topic_message: true, ...reply };
}

export const isForum = (chat: ChatState): boolean => chat.chat.is_forum === true;

/** Into a closed topic only those may write who may open it again. */
export function mayWriteIn(chat: ChatState, id: number | undefined, member: ChatMember): boolean {
  if (!isForum(chat)) return true;
  const topic = id === undefined ? chat.general : chat.topics.get(id);
  return !topic?.closed || mayManage(topic, member);
}

export function mayManage(topic: Pick<Topic, 'creatorId'>, member: ChatMember): boolean {
  return hasRight(member, 'can_manage_topics') || topic.creatorId === member.user.id;
}

/** Administrators need the right, members the permission. */
export function mayCreateTopics(chat: ChatState, member: ChatMember): boolean {
  if (member.status === 'creator' || member.status === 'administrator') return hasRight(member, 'can_manage_topics');
  if (member.status === 'restricted' && !member.can_manage_topics) return false;
  return chat.permissions.can_manage_topics;
}
