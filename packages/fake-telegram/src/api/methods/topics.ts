/** Topics of a forum. Rights and errors are those of TDLib (ForumTopicManager) and of Telegram's servers. */
import type { ForumTopic } from '@grammyjs/types';
import { hasRight } from '../../world/members.ts';
import {
  createTopic,
  DEFAULT_ICON_COLOR,
  deleteTopic,
  GENERAL_ID,
  isForum,
  mayCreateTopics,
  mayManage,
  renameTopic,
  setTopicClosed,
} from '../../world/topics.ts';
import type { Topic } from '../../world/world.ts';
import { enterChat, type Inside } from '../access.ts';
import type { Call, Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import type { Input } from '../parameters.ts';

export const topicMethods = {
  createForumTopic(call, input): ForumTopic {
    const { chat, self } = enterForum(call, input);
    const name = input.text('name')?.trim() ?? '';
    if (name === '') throw badRequest('title must be non-empty');
    if (!mayCreateTopics(chat, self)) throw badRequest('not enough rights to create a topic');
    const iconColor = input.integer('icon_color') ?? DEFAULT_ICON_COLOR;
    const iconEmoji = input.text('icon_custom_emoji_id');
    const icon = { iconColor, ...(iconEmoji ? { iconEmoji } : {}) };
    const id = createTopic(call.world, chat, { name, ...icon, ...byBot(call) });
    const emoji = iconEmoji ? { icon_custom_emoji_id: iconEmoji } : {};
    return { message_thread_id: id, name: chat.topics.get(id)?.name ?? name, icon_color: iconColor, ...emoji };
  },

  editForumTopic(call, input) {
    const { inside, id } = findTopic(call, input, 'not enough rights to edit the topic');
    const name = input.text('name')?.trim() ?? '';
    if (name !== '' && !renameTopic(call.world, inside.chat, { id, name, ...byBot(call) })) throw notModified();
    return true;
  },

  closeForumTopic: (call, input) => setClosed(call, input, true),
  reopenForumTopic: (call, input) => setClosed(call, input, false),

  deleteForumTopic(call, input) {
    const inside = enterForum(call, input);
    const { id } = readTopic(inside, input);
    if (!hasRight(inside.self, 'can_delete_messages')) throw badRequest('not enough rights to delete the topic');
    deleteTopic(call.world, inside.chat, { id, byId: call.bot.user.id });
    return true;
  },

  closeGeneralForumTopic: (call, input) => setGeneralClosed(call, input, true),
  reopenGeneralForumTopic: (call, input) => setGeneralClosed(call, input, false),
} satisfies Methods;

type TopicInput = Input<'editForumTopic'> | Input<'closeForumTopic'> | Input<'deleteForumTopic'>;
type GeneralInput = Input<'closeGeneralForumTopic'>;

function enterForum(call: Call, input: TopicInput | GeneralInput | Input<'createForumTopic'>): Inside {
  const inside = enterChat(call, input);
  if (!isForum(inside.chat)) throw badRequest('the chat is not a forum');
  return inside;
}

function readTopic({ chat }: Inside, input: TopicInput): { id: number; topic: Topic } {
  const id = input.integer('message_thread_id') ?? 0;
  if (id <= 0) throw badRequest('invalid forum topic identifier specified');
  const topic = chat.topics.get(id);
  if (!topic) throw badRequest('TOPIC_ID_INVALID');
  return { id, topic };
}

function findTopic(call: Call, input: TopicInput, otherwise: string): { inside: Inside; id: number } {
  const inside = enterForum(call, input);
  const { id, topic } = readTopic(inside, input);
  if (!mayManage(topic, inside.self)) throw badRequest(otherwise);
  return { inside, id };
}

function setClosed(call: Call, input: TopicInput, closed: boolean): true {
  const { inside, id } = findTopic(call, input, 'not enough rights to close or open the topic');
  if (!setTopicClosed(call.world, inside.chat, { id, closed, ...byBot(call) })) throw notModified();
  return true;
}

function setGeneralClosed(call: Call, input: GeneralInput, closed: boolean): true {
  const { chat, self } = enterForum(call, input);
  if (!mayManage(chat.general, self)) throw badRequest('not enough rights to close or open the topic');
  if (!setTopicClosed(call.world, chat, { id: GENERAL_ID, closed, ...byBot(call) })) throw notModified();
  return true;
}

const byBot = ({ bot }: Call) => ({ by: bot.user, botId: bot.user.id });

const notModified = () => badRequest('TOPIC_NOT_MODIFIED');
