import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../test/a-faulty-opensearch.ts';
import { aBulkWorld, created, documents, INDEX, type BulkWorld } from '../../../test/a-bulk-world.ts';
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

describe('the bulk engine, when OpenSearch answers nobody', () => {
  const faults: [string, Fault][] = [
    ['429 for all', { kind: 'status', status: 429, body: '{"error":{"type":"circuit_breaking_exception"}}' }],
    ['500 for all', { kind: 'status', status: 500 }],
    ['503 for all', { kind: 'status', status: 503 }],
    ['a connection closed before the answer', { kind: 'reset' }],
    ['an answer cut in its middle', { kind: 'cut' }],
    ['an answer that is not JSON', { kind: 'garbage' }],
    ['an answer of another shape', { kind: 'status', status: 200, body: '{"items":[{}]}' }],
    ['an answer with an item that is none', { kind: 'status', status: 200, body: '{"items":[{},null]}' }],
    ['no answer at all', { kind: 'silence' }],
    ['401', { kind: 'status', status: 401 }],
    ['403', { kind: 'status', status: 403, body: '{"error":{"type":"security_exception","reason":"no"}}' }],
    ["a proxy's 400", { kind: 'status', status: 400, body: 'plain HTTP sent to HTTPS' }],
    ["a proxy's 404", { kind: 'status', status: 404 }],
    ['a redirect', { kind: 'status', status: 302 }],
  ];
  it.each(faults)('keeps all and sends them again after %s', async (_, fault) => {
    world.server.next = [fault, fault];
    const outcomes = await world.passing(write(documents('1', '2')));
    expect(outcomes.map(({ id }) => id)).toEqual(['1', '2']);
    expect(outcomes.map(({ result }) => result)).not.toContain('refused');
    expect(world.server.kept.size).toBe(2);
    expect(engine.stats()).toMatchObject({ away: false, waitingDocuments: 0, waitingBytes: 0, underWay: 0 });
  });

  it('says once that it is refused, as an error, and once that it goes on', async () => {
    world.server.next = Array.from(
      { length: 3 },
      () => ({ kind: 'status', status: 401, body: 'Unauthorized' }) as Fault,
    );
    await world.passing(write(documents('1')));
    expect(world.said.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'error OpenSearch refuses us; documents are kept and wait',
      'info OpenSearch takes documents again',
    ]);
  });

  it('asks with one request at a time until it is back', async () => {
    engine = world.engine({ documentsMax: 1 });
    world.server.always = { kind: 'status', status: 503 };
    const writing = write(documents('1', '2', '3', '4', '5', '6'));
    await world.server.arrived(2);
    for (let tries = 3; tries <= 5; tries++) {
      const arrival = world.server.arrived(tries);
      await world.passing(arrival);
      expect(engine.stats()).toMatchObject({ away: true, underWay: 1 });
    }
    world.server.always = { kind: 'none' };
    expect(await world.passing(writing)).toEqual(created('1', '2', '3', '4', '5', '6'));
  });

  it('gives the documents back when its caller cannot wait any longer, and forgets them', async () => {
    world.server.always = { kind: 'status', status: 503 };
    const gone = new AbortController();
    const writing = write(documents('1', '2'), gone.signal);
    await world.server.arrived(1);
    gone.abort();
    await expect(writing).rejects.toMatchObject({ code: 'opensearchAway', retry: 'later' });
    world.server.always = { kind: 'none' };
    await world.passing(write(documents('3')));
    expect([...world.server.kept.keys()]).toEqual([`${INDEX}/3`]);
    await expect(write(documents('4'), gone.signal)).rejects.toMatchObject({ retry: 'later' });
  });

  it('gives everything back when it is closed', async () => {
    world.server.always = { kind: 'silence' };
    const writing = write(documents('1'));
    await world.server.arrived(1);
    engine.close();
    await expect(writing).rejects.toMatchObject({ retry: 'later' });
    await expect(write(documents('2'))).rejects.toMatchObject({ retry: 'later' });
  });
});
