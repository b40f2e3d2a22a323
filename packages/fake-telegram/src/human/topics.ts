/** People making and closing topics of a forum. `topic` is a topic's id, 1 for "General". */
import { memberOf } from '../world/members.ts';
import * as topics from '../world/topics.ts';
import type { ChatKey, ChatState, World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needOpenChat, needUser } from './find.ts';

export interface TopicRequest {
  chat: ChatKey;
  by: number;
  name: string;
  /** RGB; Telegram offers six. */
  iconColor?: number;
}

/** The id of the new topic. */
export function createTopic(world: World, { chat: key, by, name, iconColor }: TopicRequest): number {
  const chat = needForum(world, key);
  const user = needUser(world, by);
  const member = memberOf(world, chat, user);
  if (!member || !topics.mayCreateTopics(chat, member)) {
    throw new HumanError('restricted', `user ${by} may not create topics in chat ${key}`);
  }
  return topics.createTopic(world, chat, { by: user, name, iconColor: iconColor ?? topics.DEFAULT_ICON_COLOR });
}

export interface TopicChange {
  chat: ChatKey;
  topic: number;
  by: number;
}

export function renameTopic(world: World, { name, ...change }: TopicChange & { name: string }): void {
  const { chat, by } = needTopic(world, change);
  topics.renameTopic(world, chat, { id: change.topic, name, by });
}

export function setTopicClosed(world: World, { closed, ...change }: TopicChange & { closed: boolean }): void {
  const { chat, by } = needTopic(world, change);
  topics.setTopicClosed(world, chat, { id: change.topic, closed, by });
}

function needForum(world: World, key: ChatKey): ChatState {
  const chat = needOpenChat(world, key);
  if (!topics.isForum(chat)) throw new HumanError('invalid', `chat ${key} is no forum`);
  return chat;
}

function needTopic(world: World, { chat: key, topic: id, by }: TopicChange) {
  const chat = needForum(world, key);
  const topic = id === topics.GENERAL_ID ? chat.general : chat.topics.get(id);
  if (!topic) throw new HumanError('notFound', `there is no topic ${id} in chat ${key}`);
  const user = needUser(world, by);
  const member = memberOf(world, chat, user);
  if (member && topics.mayManage(topic, member)) return { chat, by: user };
  throw new HumanError('restricted', `user ${by} may not change topic ${id} in chat ${key}`);
}
