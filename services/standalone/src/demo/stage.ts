/** The chats of the demo in the fake Telegram: who is there before the first word. The bot comes last, as to any group. */
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import type { Community, Person } from './content.ts';

/** Every title says that this is no real chat. */
export const MARK = '(demo)';

/** User ids have at most 52 bits (Bot API, User.id); this leaves a million newcomers to each second of start. */
const NEWCOMERS_PER_SECOND = 1_000_000;
const SECONDS_KEPT = 1_000_000_000;

/** Newcomers of one run are strangers to the next: with the same ids they would inherit what was decided about others. */
export function firstNewcomerId(startMs: number): number {
  return ((Math.floor(startMs / 1000) % SECONDS_KEPT) + 10_000) * NEWCOMERS_PER_SECOND;
}

/** What the fake Telegram needs for a chat to be moderated. */
const BOT_RIGHTS = { can_delete_messages: true, can_restrict_members: true, can_pin_messages: true };

export interface Place {
  community: Community;
  chatId: number;
  channelId?: number;
  ownerId: number;
  moderatorId: number;
  /** Ids of members and visitors, by key. */
  ids: Map<string, number>;
}

export interface StageDeps {
  fake: Pick<FakeTelegram, 'human'>;
  bot: { id: number };
}

export function setUpPlace({ fake: { human }, bot }: StageDeps, community: Community): Place {
  const ids = new Map<string, number>();
  for (const person of [community.owner, community.moderator, ...community.members]) {
    ids.set(person.key, human.addUser(toUser(person)).id);
  }
  const ownerId = idOf(ids, community.owner.key);
  const moderatorId = idOf(ids, community.moderator.key);
  const { username, title } = community;
  const chat = human.addChat({ type: 'supergroup', title: `${title} ${MARK}`, owner: ownerId, username });
  const chatId = Number(chat);
  const channelId = community.channel
    ? Number(
        human.addChat({
          type: 'channel',
          title: `${community.channel} ${MARK}`,
          owner: ownerId,
          username: `${username}_news`,
          linkedChatId: chatId,
        }),
      )
    : undefined;
  for (const user of ids.values()) human.join({ chat, user });
  const rights = { can_delete_messages: true, can_restrict_members: true };
  human.promote({ chat, user: moderatorId, by: ownerId, rights });
  human.promote({ chat, user: bot.id, by: ownerId, rights: BOT_RIGHTS });
  return { community, chatId, ownerId, moderatorId, ids, ...(channelId === undefined ? {} : { channelId }) };
}

export function toUser({ first, last, username, language, premium }: Person) {
  return {
    first_name: first,
    language_code: language,
    ...(last === undefined ? {} : { last_name: last }),
    ...(username === undefined ? {} : { username }),
    ...(premium ? { is_premium: true as const } : {}),
  };
}

export function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`nobody in the demo is called "${key}"`);
  return id;
}
