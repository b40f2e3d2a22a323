import type { TObject, TSchema } from 'typebox';
import { accepted, settingOf } from './setting.ts';

const GAP = '  ';

/** One line per setting for --help: name, default, and what it is. */
export function describeConfig(schema: TObject): string {
  const required = new Set<string>(schema.required ?? []);
  const rows = Object.entries(schema.properties as Record<string, TSchema>).map(([name, property]) => {
    const setting = settingOf(property);
    const missing = required.has(name) ? '(required)' : '-';
    const fallback = setting.default === undefined || setting.default === '' ? missing : String(setting.default);
    const about = [setting.description, accepted(setting), ...(setting.secret ? [`or ${name}_FILE`] : [])];
    return { name, fallback: setting.default === '' ? '-' : fallback, about: about.filter(Boolean).join('; ') };
  });
  const nameWidth = Math.max(...rows.map((row) => row.name.length));
  const fallbackWidth = Math.max(...rows.map((row) => row.fallback.length));
  return rows
    .map(({ name, fallback, about }) => [name.padEnd(nameWidth), fallback.padEnd(fallbackWidth), about].join(GAP))
    .join('\n');
}
