/** An in-process bus on a manual clock, and what its tests look at. */
import { Failure, type ChatEvent, type DeadLetter } from '@chatwarden/contracts';
import { anEvent, manualClock } from '@chatwarden/testkit';
import type { Handle } from '../src/bus.ts';
import { createInProcessBus, type InProcessBusOptions } from '../src/in-process/in-process-bus.ts';

export const DEADLINE_MS = 10_000;
export const GRACE_MS = 1000;
export const away = () => new Failure('postgresAway', 'later', { message: 'PostgreSQL is away' });
export const nothing = () => Promise.resolve([]);
export const events = (count: number): ChatEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ message: { messageId: index + 1 } }));
/** Lets everything run that needs no clock. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

export function opened(over: Partial<InProcessBusOptions> = {}) {
  const clock = manualClock();
  const letters: DeadLetter[] = [];
  const deadLetters = { put: async (more: readonly DeadLetter[]) => void letters.push(...more) };
  const bus = createInProcessBus({ clock, deadLetters, deadlineMs: DEADLINE_MS, closeGraceMs: GRACE_MS, ...over });
  const subscribe = (handle: Handle<'events'>, group = 'only', batchMax = 100) =>
    bus.subscribe({ topic: 'events', group, batchMax, handle });
  return { bus, clock, letters, subscribe };
}

/** Follows a promise: how it ended, or 'open'. */
export function follow(promise: Promise<void>) {
  const state = { now: 'open' };
  promise.then(
    () => (state.now = 'done'),
    (error: Failure) => (state.now = error.code),
  );
  return state;
}

/** A handler that stays at work until it is let go. */
export function held() {
  const gate = Promise.withResolvers<readonly []>();
  const batches: number[] = [];
  const handle: Handle<'events'> = (batch) => {
    batches.push(batch.length);
    return gate.promise;
  };
  return { handle, batches, letGo: () => gate.resolve([]) };
}
