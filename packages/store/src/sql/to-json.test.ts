import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toJson } from './to-json.ts';

it('JSON is what it always is, unless PostgreSQL could not store it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toJson(value)).toBe(JSON.stringify(value));
    }),
  );
});

it('JSON holds no NUL and no half character, however it was put together', () => {
  const unit = fc.constantFrom('\0', '\ud83c', '\udf08', 'a', '\\', '\\u0000', 'u0000');
  fc.assert(
    fc.property(fc.array(fc.string({ unit })), (texts) => {
      const stored = JSON.parse(toJson({ texts })) as { texts: string[] };
      expect(stored.texts).toEqual(texts.map((text) => text.toWellFormed().replaceAll('\0', '')));
    }),
  );
});
