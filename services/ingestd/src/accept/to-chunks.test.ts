import { hashId } from '@chatwarden/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AcceptedDocument } from './durable.ts';
import { toChunks } from './to-chunks.ts';

function aDocument(over: Partial<Omit<AcceptedDocument, 'line'>> & { line?: string } = {}): AcceptedDocument {
  const { line = '{}', ...rest } = over;
  return { id: 'a'.repeat(32), service: 'shop', day: '2026-11-24', ...rest, line: Buffer.from(line) };
}

const text = (lines: Uint8Array) => Buffer.from(lines).toString();

it('are of one service and day, in the order the documents came', () => {
  const documents = [
    aDocument({ id: '1', line: '{"a":1}' }),
    aDocument({ id: '2', service: 'cart' }),
    aDocument({ id: '3', line: '{"a":3}' }),
    aDocument({ id: '4', day: '2026-11-25' }),
  ];
  const chunks = toChunks(documents).map((chunk) => ({ ...chunk, lines: text(chunk.lines) }));
  expect(chunks).toEqual([
    { id: hashId('chunk', '1', '3'), service: 'shop', day: '2026-11-24', ids: ['1', '3'], lines: '{"a":1}\n{"a":3}\n' },
    { id: hashId('chunk', '2'), service: 'cart', day: '2026-11-24', ids: ['2'], lines: '{}\n' },
    { id: hashId('chunk', '4'), service: 'shop', day: '2026-11-25', ids: ['4'], lines: '{}\n' },
  ]);
});

it('are none for no documents', () => {
  expect(toChunks([])).toEqual([]);
});

it('stay below the limits, and a document that is larger alone is alone', () => {
  const lines = ['12', '34', '567', '0123456789abcdef', '8', '9', '0'];
  const chunks = toChunks(
    lines.map((line) => aDocument({ line })),
    { bytesMax: 6, documentsMax: 2 },
  );
  expect(chunks.map((chunk) => text(chunk.lines))).toEqual([
    '12\n34\n',
    '567\n',
    '0123456789abcdef\n',
    '8\n9\n',
    '0\n',
  ]);
});

it('hold every document once, whatever comes', () => {
  const document = fc.record({
    id: fc.string(),
    service: fc.constantFrom('shop', 'cart'),
    day: fc.constantFrom('2026-11-23', '2026-11-24'),
    line: fc.string().map((value) => JSON.stringify({ value })),
  });
  fc.assert(
    fc.property(fc.array(document), fc.integer({ min: 1, max: 200 }), (given, bytesMax) => {
      const chunks = toChunks(given.map(aDocument), { bytesMax, documentsMax: 5 });
      const found = chunks.flatMap(({ service, day, ids, lines }) =>
        text(lines)
          .split('\n')
          .slice(0, -1)
          .map((line, index) => ({ id: ids[index], service, day, line })),
      );
      const key = (item: object) => JSON.stringify(item, ['id', 'service', 'day', 'line']);
      expect(found.map(key).toSorted()).toEqual(given.map(key).toSorted());
    }),
  );
});
