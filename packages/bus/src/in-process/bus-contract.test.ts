import type { DeadLetter } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { describeBus } from '../contract/bus.suite.ts';
import { createInProcessBus } from './in-process-bus.ts';

const PASS_MS = 100;

describeBus('in-process bus', async () => {
  const clock = manualClock();
  const letters: DeadLetter[] = [];
  const deadLetters = { put: async (more: readonly DeadLetter[]) => void letters.push(...more) };
  const bus = createInProcessBus({ clock, deadLetters, deadlineMs: 120_000 });
  return { bus, deadLetters: () => letters, pass: () => clock.advance(PASS_MS) };
});
