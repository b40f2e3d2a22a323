/**
 * The one group that a corpus is said in. Chat and senders are new in every run: with the ids of an earlier run in the
 * same data folder the messages would be known already, and nobody decides twice about a message.
 */
import type { FakeTelegram, Said } from '@chatwarden/fake-telegram';
import { firstNewcomerId, MARK } from '../demo/stage.ts';

export interface CorpusGroup {
  chatId: number;
  /** Joins a fresh sender who says one thing; the message's id. */
  say(said: Said, senderName?: string): number;
}

const NAMES = [
  'Alex',
  'Maria',
  'Ivan',
  'Chris',
  'Nora',
  'Pavel',
  'Lena',
  'Omar',
  'Julia',
  'Tim',
  'Ana',
  'Denis',
] as const;

/** Below -1000000000000 are supergroups; a billion seconds are 31 years. */
const CHAT_BASE = -1_002_000_000_000;
const SECONDS_KEPT = 1_000_000_000;

export function openGroup(fake: Pick<FakeTelegram, 'human'>, bot: { id: number }, startMs: number): CorpusGroup {
  const { human } = fake;
  const second = Math.floor(startMs / 1000) % SECONDS_KEPT;
  const firstSenderId = firstNewcomerId(startMs);
  const owner = human.addUser({ first_name: 'Owner' }).id;
  const title = `Labelled messages ${MARK}`;
  const chatId = Number(human.addChat({ type: 'supergroup', title, owner, id: CHAT_BASE - second }));
  const rights = { can_delete_messages: true, can_restrict_members: true };
  human.promote({ chat: chatId, user: bot.id, by: owner, rights });
  let senders = 0;
  return {
    chatId,
    say(said, senderName = NAMES[senders % NAMES.length] ?? 'Alex') {
      const user = human.addUser({ id: firstSenderId + senders, first_name: senderName }).id;
      senders += 1;
      human.join({ chat: chatId, user });
      return human.talk({ chat: chatId, from: user, message: said }).message_id;
    },
  };
}
