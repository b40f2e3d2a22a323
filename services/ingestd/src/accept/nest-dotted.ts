/**
 * Many loggers write `"log.level": "info"`; documents are kept in the nested form only, so that one field has one name.
 * Labels stay flat: a dot in the name of a label is part of the name. Pure. For documents that are not too deep.
 */
import { DEPTH_MAX } from './inspect-keys.ts';

type Fields = Record<string, unknown>;
export type Nesting = { document: Fields } | { problem: string };

class KeyProblem extends Error {}

export function nestDotted(document: object): Nesting {
  try {
    return { document: nestFields(document as Fields, true) };
  } catch (error) {
    if (error instanceof KeyProblem) return { problem: error.message };
    throw error;
  }
}

function nestFields(fields: Fields, isOutermost: boolean): Fields {
  const nested: Fields = {};
  for (const [key, value] of Object.entries(fields)) {
    const isLabel = isOutermost && (key === 'labels' || key.startsWith('labels.'));
    const path = isLabel ? labelPath(key) : key.split('.');
    if (path.includes('')) throw new KeyProblem(`the key ${JSON.stringify(key)} has an empty part`);
    if (path.length > DEPTH_MAX) throw new KeyProblem('a key is nested too deep');
    const inner = isLabel ? value : nestValue(value);
    merge(nested, path[0] ?? '', wrap(path.slice(1), inner));
  }
  return nested;
}

function labelPath(key: string): string[] {
  return key === 'labels' ? [key] : ['labels', key.slice('labels.'.length)];
}

function nestValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nestValue);
  return isFields(value) ? nestFields(value, false) : value;
}

function wrap(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

function merge(into: Fields, name: string, value: unknown): void {
  if (!Object.hasOwn(into, name)) {
    into[name] = isFields(value) ? { ...value } : value;
    return;
  }
  const present = into[name];
  if (!isFields(present) || !isFields(value)) throw new KeyProblem(`${JSON.stringify(name)} is there twice`);
  for (const [inner, innerValue] of Object.entries(value)) merge(present, inner, innerValue);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
