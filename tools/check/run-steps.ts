import type { CommandResult } from '../run-command.ts';

export interface Step {
  name: string;
  command: readonly [string, ...string[]];
}

interface Deps {
  run: (command: Step['command']) => Promise<CommandResult>;
  print: (line: string) => void;
  nowMs: () => number;
}

/** Runs every step, also after a failure, so that one run shows everything there is to mend. Returns the failed names. */
export async function runSteps(steps: readonly Step[], { run, print, nowMs }: Deps): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, command } of steps) {
    const startedMs = nowMs();
    const { exitCode, output } = await run(command);
    const seconds = ((nowMs() - startedMs) / 1000).toFixed(1);
    print(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (exitCode !== 0) {
      print(output.trimEnd());
      failed.push(name);
    }
  }
  return failed;
}
