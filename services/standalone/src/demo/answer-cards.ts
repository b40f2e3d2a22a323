/**
 * The moderators of the demo: each reads its group, and answers a card of the bot some seconds after it came, mostly
 * rightly. What a card is they know as a person does: a message of the bot with two buttons, in reply to another.
 */
import { HumanError, type FakeTelegram, type StoredMessage } from '@chatwarden/fake-telegram';
import type { Performer } from './performer.ts';
import type { Random } from './random.ts';
import type { Place } from './stage.ts';

export interface ModeratorDeps {
  fake: Pick<FakeTelegram, 'human'>;
  bot: { id: number };
  performer: Pick<Performer, 'places' | 'labelOf'>;
  random: Random;
  speed: number;
}

export interface Moderators {
  /** Reads what is new and presses what was thought about long enough. */
  look(nowMs: number): void;
}

const THINK_MS = { low: 3000, high: 8000 };
/** People let some spam pass; nobody here bans an honest member. */
const MISTAKES = 0.05;
/** More than can be said between two looks. */
const READ_MAX = 1000;

interface Thought {
  place: Place;
  id: number;
  data: string;
  dueMs: number;
}

export function createModerators({ fake, bot, performer, random, speed }: ModeratorDeps): Moderators {
  const readUpTo = new Map<number, number>();
  let thoughts: Thought[] = [];

  function read(place: Place, nowMs: number): void {
    const after = readUpTo.get(place.chatId) ?? 0;
    for (const stored of fake.human.messages({ chat: place.chatId, after, limit: READ_MAX })) {
      readUpTo.set(place.chatId, stored.message.message_id);
      if (stored.botId !== bot.id) continue;
      const data = chooseButton(stored, labelFor(stored, place));
      const dueMs = nowMs + random.between(THINK_MS.low, THINK_MS.high) / speed;
      if (data !== undefined) thoughts.push({ place, id: stored.message.message_id, data, dueMs });
    }
  }

  function labelFor({ message }: StoredMessage, { chatId }: Place): 'spam' | 'ham' | undefined {
    const about = message.reply_to_message?.message_id;
    const right = about === undefined ? undefined : performer.labelOf(chatId, about);
    return right === 'spam' && random.next() < MISTAKES ? 'ham' : right;
  }

  function press({ place, id, data }: Thought): void {
    try {
      fake.human.press({ chat: place.chatId, user: place.moderatorId, id, data });
    } catch (error) {
      // The card was answered or taken away meanwhile.
      if (!(error instanceof HumanError)) throw error;
    }
  }

  return {
    look(nowMs) {
      for (const place of performer.places) read(place, nowMs);
      const due = thoughts.filter(({ dueMs }) => dueMs <= nowMs);
      thoughts = thoughts.filter(({ dueMs }) => dueMs > nowMs);
      for (const thought of due) press(thought);
    },
  };
}

/** The data of the button that says what the moderator thinks; undefined when this is no card. */
function chooseButton({ message }: StoredMessage, label: 'spam' | 'ham' | undefined): string | undefined {
  if (label === undefined) return undefined;
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  const wanted = buttons.find((button) => /not spam/i.test(button.text) === (label === 'ham'));
  return wanted && 'callback_data' in wanted ? wanted.callback_data : undefined;
}
