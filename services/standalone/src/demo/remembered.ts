/** Messages of the demo by their names: the ids that Telegram gave them, and what a moderator would say of them. */
import type { MessageName } from './act.ts';

export type Label = 'spam' | 'ham';

export interface Remembered {
  remember(name: MessageName, message: { message_id: number; chat: { id: number } }, label: Label): void;
  idOf(name: MessageName): number | undefined;
  labelOf(chatId: number, messageId: number): Label | undefined;
}

/** Enough for every card and edit that can still come; the oldest are forgotten first. */
const KEPT_MAX = 2000;

export function createRemembered(): Remembered {
  const ids = new Map<MessageName, number>();
  const labels = new Map<string, Label>();
  return {
    remember(name, { message_id: id, chat }, label) {
      keep(ids, name, id);
      keep(labels, `${chat.id}/${id}`, label);
    },
    idOf: (name) => ids.get(name),
    labelOf: (chatId, messageId) => labels.get(`${chatId}/${messageId}`),
  };
}

function keep<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value);
  if (map.size <= KEPT_MAX) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
