/**
 * Reads a call's parameters. They come as JSON values or, from a query string or a form, all as text with objects in
 * JSON; names are checked at compile time against the method they belong to.
 */
import type { ApiMethods } from '@grammyjs/types';
import { badRequest } from './errors.ts';

export type Api = ApiMethods<never>;
export type MethodName = keyof Api;
export type ParamsOf<M extends MethodName> = NonNullable<Parameters<Api[M]>[0]>;
type Name<M extends MethodName> = keyof ParamsOf<M> & string;

export interface Input<M extends MethodName> {
  integer(name: Name<M>): number | undefined;
  text(name: Name<M>): string | undefined;
  flag(name: Name<M>): boolean;
  /** An array of integers; undefined when there is none. */
  integers(name: Name<M>): number[] | undefined;
  /** An object or array, its insides not checked. */
  json(name: Name<M>): unknown;
}

export function readInput<M extends MethodName>(params: Record<string, unknown>): Input<M> {
  const json = (name: string) => {
    const value = params[name];
    return typeof value === 'string' ? parseJson(value, name) : value;
  };
  return {
    integer: (name) => toInteger(params[name]),
    text: (name) => toText(params[name]),
    flag: (name) => ['true', 'yes', '1'].includes(toText(params[name])?.toLowerCase() ?? ''),
    integers(name) {
      const value = json(name);
      if (value === undefined) return undefined;
      if (!Array.isArray(value)) throw badRequest(`can't parse ${name}: expected an Array`);
      return value.map((item) => toInteger(item) ?? 0);
    },
    json,
  };
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function toInteger(value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function parseJson(text: string, name: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`);
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
