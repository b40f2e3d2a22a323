import type { TObject, TSchema } from 'typebox';
import { accepted, settingOf, type Setting } from './setting.ts';

const GAP = '  ';

/** One line per setting for --help: name, default, and what it is. */
export function describeConfig(schema: TObject): string {
  const required = new Set<string>(schema.required ?? []);
  const rows = Object.entries(schema.properties as Record<string, TSchema>).map(([name, property]) => {
    const setting = settingOf(property);
    return { name, fallback: fallbackOf(setting, required.has(name)), about: aboutOf(name, setting) };
  });
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const fallbackWidth = Math.max(...rows.map(({ fallback }) => fallback.length));
  return rows
    .map(({ name, fallback, about }) => [name.padEnd(nameWidth), fallback.padEnd(fallbackWidth), about].join(GAP))
    .join('\n');
}

function fallbackOf({ default: fallback }: Setting, required: boolean): string {
  if (fallback === undefined) return required ? '(required)' : '-';
  return fallback === '' ? '-' : String(fallback);
}

function aboutOf(name: string, setting: Setting): string {
  const parts = [setting.description, accepted(setting), setting.secret ? `or ${name}_FILE` : undefined];
  return parts.filter((part) => part !== undefined).join('; ');
}
