/** Reactions to messages: whose they are, and which bots hear of them (Bot API, Update.message_reaction). */
import type { Chat, ReactionType, ReactionTypeEmoji, User } from '@grammyjs/types';
import { deliver } from './deliver.ts';
import { dateNow, recordEffect, type ChatState, type StoredMessage, type World } from './world.ts';

type Emoji = ReactionTypeEmoji['emoji'];

// prettier-ignore
const EMOJI = [
  '👍', '👎', '❤', '🔥', '🥰', '👏', '😁', '🤔', '🤯', '😱', '🤬', '😢',
  '🎉', '🤩', '🤮', '💩', '🙏', '👌', '🕊', '🤡', '🥱', '🥴', '😍', '🐳',
  '❤‍🔥', '🌚', '🌭', '💯', '🤣', '⚡', '🍌', '🏆', '💔', '🤨', '😐', '🍓',
  '🍾', '💋', '🖕', '😈', '😴', '😭', '🤓', '👻', '👨‍💻', '👀', '🎃', '🙈',
  '😇', '😨', '🤝', '✍', '🤗', '🫡', '🎅', '🎄', '☃', '💅', '🤪', '🗿',
  '🆒', '💘', '🙉', '🦄', '😘', '💊', '🙊', '😎', '👾', '🤷‍♂', '🤷', '🤷‍♀',
  '😡',
] as const satisfies readonly Emoji[];

/** The reaction for an emoji; undefined for one that Telegram does not offer. */
export function reactionOf(emoji: unknown): ReactionTypeEmoji | undefined {
  const known = EMOJI.find((offered) => offered === emoji);
  return known && { type: 'emoji', emoji: known };
}

export interface Reacting {
  stored: StoredMessage;
  /** Whose reaction it is: a person or bot, or the chat that an anonymous administrator speaks for. */
  actor: User | Chat;
  /** All there are from now on; none takes them back. */
  reactions: ReactionType[];
}

/** Sets somebody's reactions. Bots that are administrators hear of people's, never of bots'; in channels only of the numbers. */
export function setReactions(world: World, chat: ChatState, { stored, actor, reactions }: Reacting): void {
  const { message } = stored;
  const before = stored.reactions[actor.id] ?? [];
  stored.reactions = { ...stored.reactions, [actor.id]: reactions };
  const place = { chatId: chat.chat.id, messageId: message.message_id };
  const text = reactions.map((reaction) => (reaction.type === 'emoji' ? reaction.emoji : reaction.type)).join('');
  recordEffect(world, { kind: 'reactionChanged', ...place, byId: actor.id, text });
  if ('is_bot' in actor && actor.is_bot) return;

  const about = { chat: chat.chat, message_id: message.message_id, date: dateNow(world) };
  for (const bot of chat.bots) {
    if (chat.members.get(bot.user.id)?.status !== 'administrator') continue;
    if (chat.chat.type === 'channel') {
      const value = { ...about, reactions: countReactions(stored) };
      deliver(world, bot, { kind: 'message_reaction_count', value, ...place });
    } else {
      const who = 'is_bot' in actor ? { user: actor } : { actor_chat: actor };
      const value = { ...about, ...who, old_reaction: before, new_reaction: reactions };
      deliver(world, bot, { kind: 'message_reaction', value, ...place });
    }
  }
}

function countReactions({ reactions }: StoredMessage) {
  const counts = new Map<string, { type: ReactionType; total_count: number }>();
  for (const type of Object.values(reactions).flat()) {
    const key = JSON.stringify(type);
    counts.set(key, { type, total_count: (counts.get(key)?.total_count ?? 0) + 1 });
  }
  return [...counts.values()];
}
