/**
 * Settings come from environment variables, by a schema whose property names are their names. An empty variable counts
 * as not set, as compose files and make pass them so. A secret (schema option `secret: true`) may be in a file instead:
 * NAME_FILE names it. Variables that the schema does not name are nobody's business here.
 */
import { readFileSync } from 'node:fs';
import { messageOf } from '@chatwarden/contracts';
import type { Static, TObject, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { accepted, settingOf, toValue, type Setting } from './setting.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Reading = { value: unknown } | { problem: string } | 'absent';

/** Throws ConfigError with every setting that is wrong. */
export function readConfig<T extends TObject>(schema: T, env: Environment): Static<T> {
  const required = new Set<string>(schema.required ?? []);
  const config: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const [name, property] of Object.entries(schema.properties as Record<string, TSchema>)) {
    const reading = readSetting({ name, property, required: required.has(name) }, env);
    if (reading === 'absent') continue;
    if ('problem' in reading) problems.push({ name, problem: reading.problem });
    else config[name] = reading.value;
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config as Static<T>;
}

interface Named {
  name: string;
  property: TSchema;
  required: boolean;
}

function readSetting({ name, property, required }: Named, env: Environment): Reading {
  const setting = settingOf(property);
  const text = readText(name, setting, env);
  if (typeof text === 'object') return text;
  if (text === '') {
    if (setting.default !== undefined) return { value: setting.default };
    return required ? { problem: `is not set; expected ${expected(setting)}` } : 'absent';
  }
  const value = toValue(setting, text);
  if (Value.Check(property, value)) return { value };
  const given = setting.secret ? 'something else (not shown)' : JSON.stringify(text);
  return { problem: `expected ${expected(setting)}; got ${given}` };
}

/** The text given, or '' for none. */
function readText(name: string, { secret }: Setting, env: Environment): string | { problem: string } {
  const text = env[name]?.trim() ?? '';
  const file = secret ? (env[`${name}_FILE`]?.trim() ?? '') : '';
  if (file === '') return text;
  if (text !== '') return { problem: `is given twice, also as ${name}_FILE; unset one of them` };
  try {
    const content = readFileSync(file, 'utf8').trim();
    return content === '' ? { problem: `the file ${file} of ${name}_FILE is empty` } : content;
  } catch (error) {
    return { problem: `cannot read the file of ${name}_FILE: ${messageOf(error)}` };
  }
}

function expected(setting: Setting): string {
  return setting.description === undefined ? accepted(setting) : `${accepted(setting)} (${setting.description})`;
}
