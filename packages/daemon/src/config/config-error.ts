import { Failure } from '@chatwarden/contracts';

export interface ConfigProblem {
  name: string;
  /** A whole sentence part: what is expected and what was given. Never the value of a secret. */
  problem: string;
}

/** Every setting that is wrong, at once: nobody should have to start a process five times to learn of five. */
export class ConfigError extends Failure {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const heading = problems.length === 1 ? 'a setting is wrong:' : `${problems.length} settings are wrong:`;
    const lines = problems.map(({ name, problem }) => `  ${name}: ${problem}`);
    super('config', 'never', { message: [heading, ...lines].join('\n') });
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
