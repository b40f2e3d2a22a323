/** One environment variable as its schema sees it: from text to a value, and what to tell people about it. */
import type { TSchema } from 'typebox';

/** The JSON Schema keywords that settings are written with; `secret` is ours: its value is never shown. */
export interface Setting {
  type?: string;
  enum?: readonly (string | number)[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  pattern?: string;
  description?: string;
  default?: string | number | boolean;
  secret?: boolean;
}

export function settingOf(schema: TSchema): Setting {
  return schema as Setting;
}

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The value that the text stands for; text that stands for none is returned as it is, for the schema to refuse. */
export function toValue({ type, enum: choices }: Setting, text: string): unknown {
  if (choices) return choices.find((choice) => String(choice) === text) ?? text;
  if (type === 'integer' || type === 'number') return NUMBER.test(text) ? Number(text) : text;
  if (type === 'boolean') return YES.includes(text.toLowerCase()) || (NO.includes(text.toLowerCase()) ? false : text);
  return text;
}

/** What is accepted, in words: `a whole number from 0 to 65535`. */
export function accepted(setting: Setting): string {
  if (setting.enum) return `one of ${setting.enum.join(', ')}`;
  if (setting.type === 'boolean') return 'yes or no';
  if (setting.type === 'integer') return `a whole number${range(setting)}`;
  if (setting.type === 'number') return `a number${range(setting)}`;
  return setting.pattern === undefined ? 'text' : `text matching ${setting.pattern}`;
}

function range({ minimum, maximum }: Setting): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}
