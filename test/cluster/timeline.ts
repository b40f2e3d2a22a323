/** Steps in order, each told with the time that it took; the first that fails ends it, since the next ones build on it. */

export interface Step<Context> {
  /** A sentence that is true afterwards. */
  name: string;
  /** Returns what is worth telling. Rejects when the sentence is not true. */
  run(context: Context): Promise<string>;
}

export interface Outcome {
  passed: number;
  failed: number;
  /** Not tried after a failure. */
  skipped: number;
}

export interface Telling {
  say(line: string): void;
  /** What may explain a failure. */
  explain(): Promise<string>;
}

export async function runSteps<Context>(
  steps: readonly Step<Context>[],
  context: Context,
  { say, explain }: Telling,
): Promise<Outcome> {
  const beganAt = performance.now();
  for (const [index, step] of steps.entries()) {
    const startedAt = performance.now();
    try {
      const found = await step.run(context);
      say(
        `${seconds(startedAt - beganAt)}  ok      ${step.name}: ${found} (${seconds(performance.now() - startedAt)})`,
      );
    } catch (error) {
      say(
        `${seconds(startedAt - beganAt)}  FAILED  ${step.name}: ${error instanceof Error ? error.message : String(error)}`,
      );
      say(await explain());
      return { passed: index, failed: 1, skipped: steps.length - index - 1 };
    }
  }
  return { passed: steps.length, failed: 0, skipped: 0 };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1).padStart(6)} s`;
}
