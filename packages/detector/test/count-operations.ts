/**
 * Counts what a function does to strings and arrays, in units and elements looked at, so that a test can tell linear
 * from quadratic without a clock. Regular expressions are not seen here: tools/regex-safety.ts judges those.
 */
type Cost = (self: { length: number }, args: readonly unknown[], result: unknown) => number;

const one: Cost = () => 1;
const whole: Cost = (self) => self.length;
const made: Cost = (_self, _args, result) => (result as { length: number }).length;
const searched: Cost = (self, [_part, from], found) =>
  (typeof found === 'number' && found >= 0 ? found : self.length) - Math.min(Number(from ?? 0), self.length) + 1;

const STRING: Readonly<Record<string, Cost>> = {
  charCodeAt: one,
  codePointAt: one,
  charAt: one,
  slice: made,
  indexOf: searched,
  lastIndexOf: whole,
  includes: whole,
  startsWith: one,
  endsWith: one,
  split: whole,
  replace: whole,
  replaceAll: whole,
  normalize: whole,
  toLowerCase: whole,
  trim: whole,
  repeat: made,
};

const ARRAY: Readonly<Record<string, Cost>> = {
  filter: whole,
  map: whole,
  flatMap: whole,
  some: whole,
  find: whole,
  includes: whole,
  slice: made,
  concat: made,
  join: whole,
  toSorted: whole,
};

type Methods = Record<string, (this: { length: number }, ...args: unknown[]) => unknown>;

/** How many units and elements `run` looked at. Methods of strings and arrays are wrapped meanwhile. */
export function countOperations(run: () => void): number {
  let operations = 0;
  const restore: (() => void)[] = [];
  const wrap = (prototype: object, costs: Readonly<Record<string, Cost>>): void => {
    const methods = prototype as Methods;
    for (const [name, cost] of Object.entries(costs)) {
      const original = methods[name];
      if (!original) throw new Error(`no method ${name}`);
      const counted = function (this: { length: number }, ...args: unknown[]): unknown {
        const result = Reflect.apply(original, this, args);
        operations += cost(this, args, result);
        return result;
      };
      Object.defineProperty(prototype, name, { value: counted, writable: true, configurable: true });
      restore.push(() =>
        Object.defineProperty(prototype, name, { value: original, writable: true, configurable: true }),
      );
    }
  };
  try {
    wrap(String.prototype, STRING);
    wrap(Array.prototype, ARRAY);
    run();
  } finally {
    for (const undo of restore) undo();
  }
  return operations;
}
