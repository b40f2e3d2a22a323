/**
 * The updates that a webhook looks at, in lanes. A lane is ready, or taken: by a request under way or by a pause. Only
 * so many updates are looked at ahead: a chat whose updates fail holds up the others once it fills those places.
 */
import type { UpdateQueue, Waiting } from '../world/updates.ts';
import { laneOf } from './lane.ts';
import { NO_ATTEMPTS, type Attempts } from './retry.ts';

export interface Lane {
  key: string;
  /** The first one is what is being delivered. */
  waiting: Waiting[];
  /** Of the first one. */
  attempts: Attempts;
}

export interface Lanes {
  /** Looks at what has come, as far ahead as it may. */
  load(nowMs: number): void;
  /** The lane that has been ready longest. */
  take(): Lane | undefined;
  /** Ready again, its first update not delivered. */
  putBack(lane: Lane): void;
  /** Removes the first update of a lane, which is ready again if it has more. */
  finish(lane: Lane, confirmedAtMs?: number): void;
}

export function createLanes(queue: UpdateQueue, readAhead: number): Lanes {
  const lanes = new Map<string, Lane>();
  const ready: Lane[] = [];
  let loaded = 0;
  let nextId = 0;

  return {
    load(nowMs) {
      for (const waiting of queue.from(nextId, { limit: readAhead - loaded, nowMs })) {
        nextId = waiting.update.update_id + 1;
        loaded += 1;
        const key = laneOf(waiting.update);
        const known = lanes.get(key);
        if (known) {
          known.waiting.push(waiting);
          continue;
        }
        const lane = { key, waiting: [waiting], attempts: NO_ATTEMPTS };
        lanes.set(key, lane);
        ready.push(lane);
      }
    },
    take: () => ready.shift(),
    putBack: (lane) => void ready.push(lane),
    finish(lane, confirmedAtMs) {
      const first = lane.waiting.shift();
      if (first) queue.remove(first.update.update_id, confirmedAtMs);
      loaded -= 1;
      lane.attempts = NO_ATTEMPTS;
      if (lane.waiting.length > 0) ready.push(lane);
      else lanes.delete(lane.key);
    },
  };
}
