/** The human side: what people do in the fake's world and what can be seen of it. The HTTP routes call the same object. */
import type { ChatMember, Message, User } from '@grammyjs/types';
import type { NewBot } from '../world/chats.ts';
import type { ChatKey, Press, StoredMessage, World } from '../world/world.ts';
import { deleteMessage, type Deletion } from './delete-message.ts';
import { HumanError } from './errors.ts';
import { answerJoin, requestJoin, type JoinAnswer, type JoinQuestion } from './join-requests.ts';
import * as look from './look.ts';
import * as people from './people.ts';
import { press, type ButtonPress } from './press.ts';
import * as privateChats from './private-chats.ts';
import { react, type Reaction } from './react.ts';
import { edit, talk, type Edit, type Talk } from './talk.ts';
import * as topics from './topics.ts';

/** Every call throws a HumanError that says why it cannot be. */
export interface Human {
  addUser(user: people.NewUser): User;
  addBot(bot: NewBot): User;
  addChat(chat: people.ChatRequest): ChatKey;
  migrate(group: { chat: ChatKey; by?: number }): ChatKey;
  startBot(pair: privateChats.Pair): ChatKey;
  block(pair: privateChats.Pair): void;
  unblock(pair: privateChats.Pair): void;
  join(joining: people.Joining): ChatMember;
  requestJoin(question: JoinQuestion): void;
  answerJoin(answer: JoinAnswer): void;
  leave(membership: Pick<people.Membership, 'chat' | 'user'>): void;
  kick(membership: people.Membership): void;
  promote(promotion: people.Promotion): ChatMember;
  demote(membership: people.Membership): ChatMember;
  restrict(restriction: people.Restriction): ChatMember;
  pardon(membership: people.Membership): ChatMember;
  talk(said: Talk): Message;
  /** Says many things in order; the ids they got, 0 for one that was refused. */
  bulk(said: readonly Talk[]): number[];
  edit(edit: Edit): Message;
  deleteMessage(deletion: Deletion): void;
  press(button: ButtonPress): Press;
  /** The id of the new topic. */
  createTopic(topic: topics.TopicRequest): number;
  renameTopic(change: topics.TopicChange & { name: string }): void;
  closeTopic(change: topics.TopicChange): void;
  reopenTopic(change: topics.TopicChange): void;
  react(reaction: Reaction): void;

  chats(): look.ChatSummary[];
  messages(request: look.MessagesRequest): StoredMessage[];
  members(chat: ChatKey): ChatMember[];
  users(): User[];
  presses(): Press[];
}

export function createHuman(world: World): Human {
  return {
    addUser: (user) => people.addUser(world, user),
    addBot: (bot) => people.addBot(world, bot),
    addChat: (chat) => people.addChat(world, chat),
    migrate: (group) => people.migrate(world, group),
    startBot: (pair) => privateChats.startBot(world, pair),
    block: (pair) => privateChats.setBlocked(world, { ...pair, blocked: true }),
    unblock: (pair) => privateChats.setBlocked(world, { ...pair, blocked: false }),
    join: (joining) => people.join(world, joining),
    requestJoin: (question) => requestJoin(world, question),
    answerJoin: (answer) => answerJoin(world, answer),
    leave: (membership) => people.leave(world, membership),
    kick: (membership) => people.kick(world, membership),
    promote: (promotion) => people.promote(world, promotion),
    demote: (membership) => people.demote(world, membership),
    restrict: (restriction) => people.restrict(world, restriction),
    pardon: (membership) => people.pardon(world, membership),
    talk: (said) => talk(world, said),
    bulk: (all) => all.map((said) => idOrRefused(world, said)),
    edit: (change) => edit(world, change),
    deleteMessage: (deletion) => deleteMessage(world, deletion),
    press: (button) => press(world, button),
    createTopic: (topic) => topics.createTopic(world, topic),
    renameTopic: (change) => topics.renameTopic(world, change),
    closeTopic: (change) => topics.setTopicClosed(world, { ...change, closed: true }),
    reopenTopic: (change) => topics.setTopicClosed(world, { ...change, closed: false }),
    react: (reaction) => react(world, reaction),

    chats: () => look.listChats(world),
    messages: (request) => look.listMessages(world, request),
    members: (chat) => look.listMembers(world, chat),
    users: () => [...world.users.values()],
    presses: () => [...world.presses.values()],
  };
}

function idOrRefused(world: World, said: Talk): number {
  try {
    return talk(world, said).message_id;
  } catch (error) {
    if (error instanceof HumanError) return 0;
    throw error;
  }
}
