import { expect, it } from 'vitest';
import { runSteps, type Step } from './timeline.ts';

it('runs steps in order until one fails, and explains that one', async () => {
  const lines: string[] = [];
  const ran: string[] = [];
  const step = (name: string, failure?: string): Step<{ at: string }> => ({
    name,
    run: async ({ at }) => {
      ran.push(`${name} ${at}`);
      if (failure !== undefined) throw new Error(failure);
      return 'all of it';
    },
  });
  const steps = [step('pods are there'), step('pods are ready', 'no image'), step('pods go')];
  const telling = { say: (line: string) => void lines.push(line), explain: async () => 'what the node says' };
  expect(await runSteps(steps, { at: 'here' }, telling)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  expect(ran).toEqual(['pods are there here', 'pods are ready here']);
  expect(lines[0]).toMatch(/ok +pods are there: all of it/);
  expect(lines[1]).toMatch(/FAILED +pods are ready: no image/);
  expect(lines[2]).toBe('what the node says');
});
