import { describe, expect, it } from 'vitest';
import { runSteps, type Step } from './run-steps.ts';

const steps: Step[] = [
  { name: 'format', command: ['prettier'] },
  { name: 'lint', command: ['oxlint'] },
  { name: 'types', command: ['tsc'] },
];

async function checkWhere(failing: string[]) {
  const lines: string[] = [];
  let clockMs = 0;
  const failed = await runSteps(steps, {
    run: ([command]) => {
      clockMs += 1500;
      const fails = failing.includes(command);
      return Promise.resolve({ exitCode: fails ? 2 : 0, output: fails ? `${command} complains\n` : 'chatter' });
    },
    print: (line) => lines.push(line),
    nowMs: () => clockMs,
  });
  return { failed, lines };
}

describe('make check', () => {
  it('prints one line per step with its seconds, and no output of a step that passed', async () => {
    const { failed, lines } = await checkWhere([]);
    expect(failed).toEqual([]);
    expect(lines).toEqual(['ok     format (1.5 s)', 'ok     lint (1.5 s)', 'ok     types (1.5 s)']);
  });

  it('goes on after a failed step, shows what it printed and names it at the end', async () => {
    const { failed, lines } = await checkWhere(['oxlint', 'tsc']);
    expect(failed).toEqual(['lint', 'types']);
    expect(lines).toContain('oxlint complains');
    expect(lines.at(-1)).toBe('tsc complains');
  });
});
