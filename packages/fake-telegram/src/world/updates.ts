/**
 * The updates that one bot has not confirmed yet. Ids are consecutive, so an offset is a position: confirming and
 * slicing cost O(result). Confirmed entries are cut off the array only when they are the larger part of it.
 */
import type { Update } from '@grammyjs/types';
import type { Delivery } from './record.ts';

export type UpdateKind = Exclude<keyof Update, 'update_id'>;

/** What a bot gets when it never said what it wants (Bot API, getUpdates, allowed_updates). */
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** Telegram drops updates that nobody fetched for a day (Bot API, "Getting updates"). */
const UPDATE_LIFE_MS = 24 * 3_600_000;

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
  /** Calls `listener` once, at the next push. Only the last one set is kept. */
  onNextPush(listener: (() => void) | undefined): void;
}

export function createUpdateQueue(firstId: number): UpdateQueue {
  let entries: { update: Update; delivery: Delivery }[] = [];
  let head = 0;
  let nextId = firstId;
  let listener: (() => void) | undefined;

  const dropHead = (count: number) => {
    head += count;
    if (head < 1024 || head * 2 < entries.length) return;
    entries = entries.slice(head);
    head = 0;
  };
  const dropExpired = (nowMs: number) => {
    let expired = 0;
    while ((entries[head + expired]?.delivery.queuedAtMs ?? Infinity) < nowMs - UPDATE_LIFE_MS) expired += 1;
    dropHead(expired);
  };

  return {
    allowed: [],
    get size() {
      return entries.length - head;
    },
    wants(kind) {
      return this.allowed.length === 0 ? !NOT_BY_DEFAULT.has(kind) : this.allowed.includes(kind);
    },
    nextId: () => nextId++,
    push(update, delivery) {
      entries.push({ update, delivery });
      const wake = listener;
      listener = undefined;
      wake?.();
    },
    confirm(offset, nowMs) {
      const waiting = entries.length - head;
      const below = offset < 0 ? waiting + offset : offset - (nextId - waiting);
      const count = Math.max(0, Math.min(waiting, below));
      for (let i = head; i < head + count; i += 1) {
        const entry = entries[i];
        if (entry) entry.delivery.confirmedAtMs = nowMs;
      }
      dropHead(count);
    },
    peek(limit, nowMs) {
      dropExpired(nowMs);
      return entries.slice(head, head + limit).map(({ update, delivery }) => {
        delivery.deliveredAtMs ??= nowMs;
        delivery.deliveredTimes += 1;
        return update;
      });
    },
    onNextPush(next) {
      listener = next;
    },
  };
}
