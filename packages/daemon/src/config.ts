/**
 * Settings from the environment, by schema. Property names are the names of the variables. Everything that is wrong is
 * said at once, with what is expected. Each variable may also be given as NAME_FILE, a file that holds the value, as
 * mounted secrets are; a value marked `secret: true` is never shown.
 */
import { readFileSync } from 'node:fs';
import { messageOf } from '@chatwarden/contracts';
import type { Static, TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigProblem {
  name: string;
  expected: string;
  given: string;
}

export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ name, expected, given }) => `  ${name}: expected ${expected}, got ${given}`);
    super(`wrong settings:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What we read of a schema besides its type. */
interface Described {
  type?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  pattern?: string;
  description?: string;
  default?: unknown;
  secret?: boolean;
}

/** Throws ConfigError. Variables that the schema does not name are not looked at. */
export function readConfig<T extends TObject>(schema: T, environment: Environment): Static<T> {
  const problems: ConfigProblem[] = [];
  const config: Record<string, unknown> = {};
  const required = new Set((schema as unknown as { required?: string[] }).required);
  for (const [name, property] of Object.entries(schema.properties)) {
    const raw = rawValue(name, environment, problems);
    const value = raw === undefined ? (property as Described).default : convert(raw, property as Described);
    if (value === undefined) {
      if (required.has(name)) problems.push({ name, expected: expectation(property as Described), given: 'nothing' });
      continue;
    }
    if (Compile(property as TSchema).Check(value)) config[name] = value;
    else
      problems.push({ name, expected: expectation(property as Described), given: shown(raw, property as Described) });
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config as Static<T>;
}

/** An empty variable is an absent one: charts and compose files cannot leave one out conditionally. */
function rawValue(name: string, environment: Environment, problems: ConfigProblem[]): string | undefined {
  const direct = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (file === undefined) return direct;
  if (direct !== undefined) {
    problems.push({ name, expected: `either ${name} or ${name}_FILE`, given: 'both' });
    return direct;
  }
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push({ name: `${name}_FILE`, expected: 'a file that can be read', given: messageOf(error) });
    return undefined;
  }
}

const TRUE = new Set(['1', 'true', 'yes', 'on']);
const FALSE = new Set(['0', 'false', 'no', 'off']);

/** What cannot be converted stays text, and the schema refuses it. */
function convert(raw: string, { type }: Described): unknown {
  if (type === 'boolean') {
    const word = raw.toLowerCase();
    return TRUE.has(word) ? true : FALSE.has(word) ? false : raw;
  }
  if (type === 'integer' || type === 'number') {
    const number = Number(raw);
    return raw.trim() === '' || Number.isNaN(number) ? raw : number;
  }
  return raw;
}

function expectation(schema: Described): string {
  const { type, minimum, maximum, pattern, description } = schema;
  const range = minimum !== undefined && maximum !== undefined ? ` from ${minimum} to ${maximum}` : '';
  const kind = schema.enum
    ? `one of ${schema.enum.join(', ')}`
    : type === 'boolean'
      ? '1 or 0'
      : type === 'integer'
        ? `a whole number${range}`
        : type === 'number'
          ? `a number${range}`
          : pattern
            ? `text like ${pattern}`
            : 'text';
  return description ? `${kind} (${description})` : kind;
}

function shown(raw: string | undefined, { secret }: Described): string {
  return secret ? 'a value that is not shown' : JSON.stringify(raw ?? null);
}

/** One line per variable, for --help. */
export function describeConfig(schema: TObject): string {
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const { description = '', default: fallback, enum: values } = property as Described;
    const choice = values ? ` (${values.join(', ')})` : '';
    const otherwise = fallback === undefined || fallback === '' ? '' : ` [${String(fallback)}]`;
    return [name, `${description}${choice}${otherwise}`] as const;
  });
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
}
