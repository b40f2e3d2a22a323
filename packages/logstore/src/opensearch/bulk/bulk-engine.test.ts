import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../test/a-faulty-opensearch.ts';
import {
  aBulkWorld,
  aDocument,
  created,
  documents,
  failing,
  INDEX,
  type BulkWorld,
} from '../../../test/a-bulk-world.ts';
import type { RawDocument } from '../../documents.ts';
import type { BulkEngine } from './bulk-engine.ts';

let world: BulkWorld;
let engine: BulkEngine;

beforeEach(async () => {
  world = await aBulkWorld();
  engine = world.engine();
});

afterEach(() => world.close());

const write = (batch: readonly RawDocument[], signal = new AbortController().signal) =>
  engine.writeDocuments(batch, signal);

describe('the bulk engine', () => {
  it('creates each document from its own bytes and tells the outcome of each, in order', async () => {
    const odd = aDocument('"quoted" \\ ü', { line: Buffer.from('{ "a" : "ü\\n" }') });
    expect(await write([aDocument('1'), odd])).toEqual(created('1', '"quoted" \\ ü'));
    expect(world.server.requests).toEqual([
      [
        { index: INDEX, id: '1', line: '{"message":"1"}' },
        { index: INDEX, id: '"quoted" \\ ü', line: '{ "a" : "ü\\n" }' },
      ],
    ]);
    expect(await write([])).toEqual([]);
  });

  it('counts what is there already as a duplicate', async () => {
    await write(documents('1'));
    expect(await write(documents('1', '2', '2'))).toEqual([
      { id: '1', result: 'duplicate' },
      { id: '2', result: 'created' },
      { id: '2', result: 'duplicate' },
    ]);
    expect(engine.stats()).toMatchObject({ created: 2, duplicate: 2, refused: 0, repeated: 0, requests: 2 });
  });

  it('sends what several callers bring within the linger time in one request', async () => {
    engine = world.engine({ lingerMs: 20 });
    const calls = [write(documents('1', '2')), write(documents('3'))];
    await world.clock.advance(19);
    expect(world.server.requests).toEqual([]);
    await world.clock.advance(1);
    expect(await Promise.all(calls)).toEqual([created('1', '2'), created('3')]);
    expect(world.server.requests).toHaveLength(1);
  });

  it('sends at once what fills a request, and cuts a call that is larger', async () => {
    engine = world.engine({ lingerMs: 1_000_000, documentsMax: 2 });
    const rest = write(documents('1', '2', '3', '4', '5'));
    await world.server.arrived(2);
    expect(world.server.requests.map((request) => request.length)).toEqual([2, 2]);
    expect(await world.passing(rest)).toHaveLength(5);
    engine = world.engine({ lingerMs: 1_000_000, bytesMax: 200 });
    await write([aDocument('6', { line: Buffer.alloc(300, '1') })]);
    expect(world.server.kept.size).toBe(6);
  });

  it('refuses what would break the body, and sends the rest', async () => {
    const outcomes = await write([
      aDocument(''),
      aDocument('x'.repeat(513)),
      aDocument('no index', { index: '' }),
      aDocument('empty', { line: new Uint8Array() }),
      aDocument('two lines', { line: Buffer.from('{}\n{"create":{}}') }),
      aDocument('good'),
    ]);
    expect(outcomes.map((outcome) => outcome.result)).toEqual([
      ...Array.from({ length: 5 }, () => 'refused'),
      'created',
    ]);
    expect(world.server.requests.flat().map((document) => document.id)).toEqual(['good']);
  });
});

describe('the bulk engine, under load', () => {
  it('sends more at the same time while answers come, up to its limit, and less after a refusal', async () => {
    engine = world.engine({ documentsMax: 1, requestsMax: 4 });
    for (let round = 0; round < 20; round++)
      await write(documents(...Array.from({ length: 8 }, (_, i) => `${round}-${i}`)));
    expect(engine.stats().requestLimit).toBe(4);
    world.server.next = [
      { kind: 'items', error: failing(['over'], { status: 429, type: 'rejected_execution_exception' }) },
    ];
    const writing = write(documents('over'));
    await world.passing(writing);
    expect(engine.stats().requestLimit).toBeLessThan(4);
  });

  it('writes each document of many callers exactly once while everything goes wrong in turn', async () => {
    engine = world.engine({ documentsMax: 7 });
    const faults: Fault[] = [
      { kind: 'status', status: 503 },
      { kind: 'cut' },
      { kind: 'items', error: ({ id }) => (Number(id) % 3 === 0 ? { status: 429, type: 'rejected' } : undefined) },
      { kind: 'reset' },
      { kind: 'none' },
    ];
    world.server.next = Array.from({ length: 60 }, (_, i) => faults[i % faults.length] ?? { kind: 'none' });
    const ids = Array.from({ length: 200 }, (_, i) => `${i}`);
    const calls = Array.from({ length: 20 }, (_, i) => write(documents(...ids.slice(i * 10, i * 10 + 10))));
    const outcomes = (await world.passing(Promise.all(calls))).flat();
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    expect(outcomes.map(({ result }) => result)).not.toContain('refused');
    expect(world.server.kept.size).toBe(200);
  });
});
