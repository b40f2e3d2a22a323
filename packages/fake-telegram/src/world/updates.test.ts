import { describe, expect, it } from 'vitest';
import { createUpdateQueue } from './updates.ts';

const FIRST = 500;

function aQueue(count: number) {
  const queue = createUpdateQueue(FIRST);
  const deliveries = Array.from({ length: count }, () => {
    const updateId = queue.nextId();
    const delivery = { updateId, botId: 1, kind: 'message', chatId: 1, queuedAtMs: 0, deliveredTimes: 0 };
    queue.push({ update_id: updateId }, delivery);
    return delivery as typeof delivery & { confirmedAtMs?: number };
  });
  const ids = (limit: number) => queue.peek(limit, 0).map((update) => update.update_id);
  return { queue, deliveries, ids };
}

describe('the update queue', () => {
  it('keeps order and positions through many confirmations', () => {
    const { queue, ids } = aQueue(10_000);
    for (let offset = FIRST; offset < FIRST + 9_900; offset += 100) {
      queue.confirm(offset, 1);
      expect(ids(2)).toEqual([offset, offset + 1]);
    }
    queue.confirm(FIRST + 9_999, 1);
    expect(queue.size).toBe(1);
  });

  it('writes down when an update was confirmed', () => {
    const { queue, deliveries } = aQueue(3);
    queue.confirm(FIRST + 2, 77);
    expect(deliveries.map(({ confirmedAtMs }) => confirmedAtMs)).toEqual([77, 77, undefined]);
  });

  it('ignores offsets that were confirmed already, and takes those beyond the end for all', () => {
    const { queue, ids } = aQueue(3);
    queue.confirm(FIRST + 1, 0);
    queue.confirm(FIRST - 5, 0);
    expect(ids(9)).toEqual([FIRST + 1, FIRST + 2]);
    queue.confirm(FIRST + 50, 0);
    expect(ids(9)).toEqual([]);
  });

  it('keeps all for a negative offset larger than the queue', () => {
    const { queue, ids } = aQueue(2);
    queue.confirm(-100, 0);
    expect(ids(9)).toEqual([FIRST, FIRST + 1]);
  });

  it('takes out single updates and goes on with those that are left', () => {
    const { queue, deliveries, ids } = aQueue(5);
    queue.remove(FIRST + 1, 7);
    queue.remove(FIRST + 3);
    queue.remove(FIRST + 3, 8);
    expect(deliveries.map(({ confirmedAtMs }) => confirmedAtMs)).toEqual([
      undefined,
      7,
      undefined,
      undefined,
      undefined,
    ]);
    expect([queue.size, ids(2), ids(9)]).toEqual([3, [FIRST, FIRST + 2], [FIRST, FIRST + 2, FIRST + 4]]);
    queue.confirm(-2, 9);
    expect(ids(9)).toEqual([FIRST + 2, FIRST + 4]);
    expect(queue.from(FIRST + 3, { limit: 9, nowMs: 0 }).map(({ update }) => update.update_id)).toEqual([FIRST + 4]);
  });

  it('gives up a press much sooner than a message', () => {
    const queue = createUpdateQueue(FIRST);
    for (const kind of ['callback_query', 'message']) {
      const updateId = queue.nextId();
      queue.push({ update_id: updateId }, { updateId, botId: 1, kind, chatId: 1, queuedAtMs: 0, deliveredTimes: 0 });
    }
    expect(queue.peek(9, 150_000)).toHaveLength(2);
    expect(queue.peek(9, 150_001).map((update) => update.update_id)).toEqual([FIRST + 1]);
    expect(queue.size).toBe(1);
  });
});
