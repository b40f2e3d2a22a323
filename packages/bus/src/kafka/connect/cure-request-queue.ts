/**
 * kafkajs 2.2.4 arms a timer after every answer, although nothing waits, and with a negative delay: Node warns of it
 * (TimeoutNegativeWarning) and fires it after 1 ms, thousands of times a second under load. The queue needs that timer
 * only while requests wait, so here it is armed only then. Seen in github.com/tulios/kafkajs/issues/1751.
 */
import { createRequire } from 'node:module';

/** The part of kafkajs's RequestQueue that is replaced, and what it touches. */
export interface CuredQueue {
  pending: readonly unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/** kafkajs looks again this often while too many requests are in flight. */
const LOOK_AGAIN_MS = 10;

let cured = false;

export function cureRequestQueue(): void {
  if (cured) return;
  cured = true;
  const load = createRequire(import.meta.url);
  const RequestQueue = load('kafkajs/src/network/requestQueue') as { prototype: CuredQueue };
  RequestQueue.prototype.scheduleCheckPendingRequests = schedule;
}

function schedule(this: CuredQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttledMs = this.throttledUntil - Date.now();
  const look = () => {
    this.throttleCheckTimeoutId = null;
    this.checkPendingRequests();
  };
  this.throttleCheckTimeoutId = setTimeout(look, throttledMs > 0 ? throttledMs : LOOK_AGAIN_MS);
}
