/**
 * What the bot did in one chat, from the fake's own record: which messages it deleted, which it asked about with a card,
 * and how many updates it has not confirmed yet. To be looked at often enough that the record has not dropped anything.
 */
import type { Delivery, FakeTelegram } from '@chatwarden/fake-telegram';
import { follow } from './follow.ts';
import type { Outcome } from './judged-row.ts';

export interface Watch {
  /** Reads what is new; the number of updates that the bot has not confirmed. */
  backlog(): number;
  outcomeOf(messageId: number): Outcome;
}

export interface WatchDeps {
  fake: Pick<FakeTelegram, 'human' | 'record'>;
  botId: number;
  chatId: number;
}

export function createWatch({ fake, botId, chatId }: WatchDeps): Watch {
  const newEffects = follow(fake.record.effects);
  const newDeliveries = follow(fake.record.deliveries);
  const deleted = new Set<number>();
  const asked = new Set<number>();
  let pending: Delivery[] = [];
  let readUpTo = 0;

  function readDeletions(): void {
    for (const { kind, chatId: chat, byId, messageId } of newEffects()) {
      if (kind !== 'messageDeleted' || chat !== chatId || byId !== botId || messageId === undefined) continue;
      deleted.add(messageId);
    }
  }

  /** A card is a message of the bot that answers another and has buttons to press. */
  function readCards(): void {
    for (const { message, botId: sender } of fake.human.messages({ chat: chatId, after: readUpTo, limit: Infinity })) {
      readUpTo = message.message_id;
      const about = message.reply_to_message?.message_id;
      const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
      const isCard = sender === botId && buttons.some((button) => 'callback_data' in button);
      if (isCard && about !== undefined) asked.add(about);
    }
  }

  return {
    backlog() {
      readDeletions();
      readCards();
      pending.push(...newDeliveries().filter((delivery) => delivery.botId === botId));
      // Updates are confirmed in order.
      const open = pending.findIndex(({ confirmedAtMs }) => confirmedAtMs === undefined);
      pending = open < 0 ? [] : pending.slice(open);
      return pending.length;
    },
    outcomeOf(messageId) {
      if (deleted.has(messageId)) return 'act';
      return asked.has(messageId) ? 'ask' : 'allow';
    },
  };
}
