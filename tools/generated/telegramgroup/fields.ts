// The fields of a TelegramGroup as a table, from the schema that the API server keeps.
import type { StructuralSchema } from '../../../packages/contracts/src/telegram-group/index.ts';
import { table } from './table.ts';

interface Field {
  path: string;
  schema: StructuralSchema;
  required: boolean;
}

export function fieldTable(root: StructuralSchema, { withDefaults }: { withDefaults: boolean }): string {
  const fields = fieldsOf(root, '');
  const head = withDefaults ? ['field', 'what', 'default', 'bounds'] : ['field', 'what', 'values'];
  const rows = fields.map(({ path, schema, required }) => [
    `\`${path}\``,
    schema.description ?? '',
    ...(withDefaults ? [required ? '_required_' : defaultOf(schema)] : []),
    boundsOf(schema),
  ]);
  return table(head, rows);
}

function fieldsOf(schema: StructuralSchema, path: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const below = path === '' ? name : `${path}.${name}`;
    const [inner, suffix] = innerOf(field);
    const required = schema.required?.includes(name) === true;
    return [{ path: below, schema: field, required }, ...fieldsOf(inner, `${below}${suffix}`)];
  });
}

/** Entries of a list or of a map are described through what holds them. */
function innerOf(field: StructuralSchema): readonly [StructuralSchema, string] {
  if (field.items) return [field.items, '[]'];
  if (field.additionalProperties) return [field.additionalProperties, '.<name>'];
  return [field, ''];
}

/** Of a part with fields the defaults stand with them. */
function defaultOf({ default: value, properties }: StructuralSchema): string {
  return value === undefined || properties ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function boundsOf(schema: StructuralSchema): string {
  const { enum: values, minimum, maximum, minLength, maxLength, pattern, maxItems, maxProperties, format } = schema;
  const parts = [
    values && values.map((value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``).join(', '),
    rangeOf([minimum, maximum], ''),
    rangeOf([minLength, maxLength], ' characters'),
    pattern !== undefined && `\`${pattern}\``,
    maxItems !== undefined && `at most ${maxItems} entries`,
    maxProperties !== undefined && `at most ${maxProperties} names`,
    format === 'date-time' && 'a time',
    schema.type === 'boolean' && '`true`, `false`',
  ];
  return parts.filter((part) => typeof part === 'string').join('; ');
}

function rangeOf([least, most]: readonly [number | undefined, number | undefined], unit: string): string | false {
  const [from, to] = [least, most].map(shown);
  if (from === undefined && to === undefined) return false;
  if (from === undefined) return `at most ${to}${unit}`;
  return to === undefined ? `at least ${from}${unit}` : `${from} to ${to}${unit}`;
}

/** The numbers that JavaScript knows exactly are no bound that anybody meets. */
function shown(bound: number | undefined): string | undefined {
  return bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? undefined : bound.toLocaleString('en');
}
