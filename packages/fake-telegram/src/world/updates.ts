/**
 * The updates that one bot has not confirmed yet. Ids are consecutive, so an offset is a position: confirming and
 * slicing cost O(result). A webhook confirms out of order, which leaves holes; the front is cut off the array only when
 * it is the larger part of it.
 */
import type { Update } from '@grammyjs/types';
import type { Delivery } from './record.ts';

export type UpdateKind = Exclude<keyof Update, 'update_id'>;

/** What a bot gets when it never said what it wants (Bot API, getUpdates, allowed_updates). */
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** Telegram drops updates that nobody fetched for a day (Bot API, "Getting updates"), a press much sooner (tdlib/telegram-bot-api, Client.cpp). */
const UPDATE_LIFE_MS = 24 * 3_600_000;
const PRESS_LIFE_MS = 150_000;

export interface Waiting {
  update: Update;
  delivery: Delivery;
}

/** When Telegram gives the update up. */
export const expiresAtMs = ({ delivery }: Waiting): number =>
  delivery.queuedAtMs + (delivery.kind === 'callback_query' ? PRESS_LIFE_MS : UPDATE_LIFE_MS);

export interface UpdateQueue {
  /** Update kinds last asked for; empty means the default set. */
  allowed: readonly string[];
  readonly size: number;
  wants(kind: UpdateKind): boolean;
  nextId(): number;
  push(update: Update, delivery: Delivery): void;
  /** Everything below `offset` is forgotten. A negative offset keeps that many from the end. */
  confirm(offset: number, nowMs: number): void;
  /** Hands out the oldest updates without removing them. */
  peek(limit: number, nowMs: number): Update[];
  /** The oldest updates with this id or a higher one, neither handed out nor removed. */
  from(id: number, options: { limit: number; nowMs: number }): Waiting[];
  /** Forgets one update: confirmed when `confirmedAtMs` is given, given up otherwise. */
  remove(id: number, confirmedAtMs?: number): void;
  /** Calls `listener` once, at the next push. Only the last one set is kept. */
  onNextPush(listener: (() => void) | undefined): void;
}

/** Writes down that the bot was sent it once more. */
export function handOut({ delivery }: Waiting, nowMs: number): void {
  delivery.deliveredAtMs ??= nowMs;
  delivery.deliveredTimes += 1;
}

export function createUpdateQueue(firstId: number): UpdateQueue {
  let entries: (Waiting | undefined)[] = [];
  let head = 0;
  let size = 0;
  let nextId = firstId;
  let listener: (() => void) | undefined;

  const indexOf = (id: number) => id - (nextId - entries.length);
  const dropAt = (index: number, confirmedAtMs?: number) => {
    const entry = entries[index];
    if (!entry) return;
    if (confirmedAtMs !== undefined) entry.delivery.confirmedAtMs = confirmedAtMs;
    entries[index] = undefined;
    size -= 1;
  };
  const cutFront = () => {
    while (head < entries.length && entries[head] === undefined) head += 1;
    if (head < 1024 || head * 2 < entries.length) return;
    entries = entries.slice(head);
    head = 0;
  };
  const list = (start: number, limit: number, nowMs: number): Waiting[] => {
    const found: Waiting[] = [];
    for (let index = Math.max(head, start); index < entries.length && found.length < limit; index += 1) {
      const entry = entries[index];
      if (entry && expiresAtMs(entry) < nowMs) dropAt(index);
      else if (entry) found.push(entry);
    }
    cutFront();
    return found;
  };
  return {
    allowed: [],
    get size() {
      return size;
    },
    wants(kind) {
      return this.allowed.length === 0 ? !NOT_BY_DEFAULT.has(kind) : this.allowed.includes(kind);
    },
    nextId: () => nextId++,
    push(update, delivery) {
      entries.push({ update, delivery });
      size += 1;
      const wake = listener;
      listener = undefined;
      wake?.();
    },
    confirm(offset, nowMs) {
      const end = Math.min(entries.length, offset < 0 ? startOfLast(entries, -offset) : indexOf(offset));
      for (let index = head; index < end; index += 1) dropAt(index, nowMs);
      cutFront();
    },
    peek: (limit, nowMs) =>
      list(head, limit, nowMs).map((waiting) => {
        handOut(waiting, nowMs);
        return waiting.update;
      }),
    from: (id, { limit, nowMs }) => list(indexOf(id), limit, nowMs),
    remove(id, confirmedAtMs) {
      dropAt(indexOf(id), confirmedAtMs);
      cutFront();
    },
    onNextPush(next) {
      listener = next;
    },
  };
}

/** The position from which on so many updates are left. */
function startOfLast(entries: readonly (Waiting | undefined)[], count: number): number {
  let index = entries.length;
  for (let left = 0; left < count && index > 0;) if (entries[(index -= 1)]) left += 1;
  return index;
}
