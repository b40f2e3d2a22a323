import type { ManualClock } from '@chatwarden/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrived, Fault } from '../../../test/a-faulty-opensearch.ts';
import {
  aBulkWorld,
  created,
  documents,
  failing,
  LONGEST_PAUSE_MS,
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

describe('the bulk engine, when OpenSearch puts documents off', () => {
  const types: [number, string][] = [
    [429, 'rejected_execution_exception'],
    [429, 'cluster_block_exception'],
    [403, 'cluster_block_exception'],
    [403, 'security_exception'],
    [500, 'exception'],
    [502, 'exception'],
    [503, 'unavailable_shards_exception'],
    [504, 'exception'],
  ];
  it.each(types)('sends only those again that failed with %i %s', async (status, type) => {
    world.server.next = [{ kind: 'items', error: failing(['2'], { status: status, type: type }) }];
    expect(await world.passing(write(documents('1', '2', '3')))).toEqual(created('1', '2', '3'));
    expect(world.server.requests.map((request) => request.map((document) => document.id))).toEqual([
      ['1', '2', '3'],
      ['2'],
    ]);
    expect(engine.stats()).toMatchObject({ created: 3, repeated: 1 });
  });

  it('waits longer each time, and never gives up by itself', async () => {
    world.server.next = Array.from(
      { length: 12 },
      () => ({ kind: 'items', error: failing(['1'], { status: 429, type: 'rejected' }) }) as Fault,
    );
    const pauses: number[] = [];
    const sleep: ManualClock['sleep'] = (ms, signal) => {
      pauses.push(ms);
      return world.clock.sleep(ms, signal);
    };
    engine = world.engine({ clock: { now: world.clock.now, sleep } });
    expect(await world.passing(write(documents('1')))).toEqual(created('1'));
    expect(pauses.slice(0, 3)).toEqual([100, 200, 400]);
    expect(pauses).toHaveLength(12);
    expect(pauses.at(-1)).toBe(LONGEST_PAUSE_MS);
  });

  it('lets others pass what waits', async () => {
    world.server.always = {
      kind: 'items',
      error: failing(['stuck'], { status: 429, type: 'cluster_block_exception' }),
    };
    const gone = new AbortController();
    const stuck = write(documents('stuck'), gone.signal);
    await world.server.arrived(1);
    expect(await world.passing(write(documents('other')))).toEqual(created('other'));
    gone.abort();
    await expect(stuck).rejects.toMatchObject({ code: 'opensearchAway', retry: 'later' });
  });

  it('keeps documents while a new index would exceed the shards of the cluster, and says so loudly', async () => {
    const reason = 'this cluster currently has [1000]/[1000] maximum shards open';
    world.server.next = [
      { kind: 'items', error: failing(['1'], { status: 400, type: 'validation_exception', reason: reason }) },
    ];
    expect(await world.passing(write(documents('1')))).toEqual(created('1'));
    expect(world.said).toMatchObject([{ level: 'error', fields: { reason: `validation_exception: ${reason}` } }]);
  });
});

describe('the bulk engine, when OpenSearch refuses a document', () => {
  it('says why in its words, without the value, and writes the others', async () => {
    const reason =
      "failed to parse field [x] of type [date] in document with id '2'. Preview of field's value: 'secret'";
    const error = (document: Arrived) =>
      document.id === '2' ? { status: 400, type: 'mapper_parsing_exception', reason, cause: 'no date' } : undefined;
    world.server.next = [{ kind: 'items', error }];
    expect(await write(documents('1', '2'))).toEqual([
      { id: '1', result: 'created' },
      {
        id: '2',
        result: 'refused',
        reason: "mapper_parsing_exception: failed to parse field [x] of type [date] in document with id '2': no date",
      },
    ]);
  });

  it('refuses what its index is missing for', async () => {
    world.server.next = [
      {
        kind: 'items',
        error: failing(['1'], { status: 404, type: 'index_not_found_exception', reason: 'no such index' }),
      },
    ];
    expect(await write(documents('1'))).toMatchObject([
      { result: 'refused', reason: expect.stringContaining('no such') },
    ]);
  });

  it('finds by halving the one for which a whole request is refused', async () => {
    const whole = JSON.stringify({
      error: { type: 'action_request_validation_exception', reason: 'bad' },
      status: 400,
    });
    const refuse: Fault = { kind: 'status', status: 400, body: whole };
    const none: Fault = { kind: 'none' };
    // 1 2 3 4, then 1 2 and 3 4, then 3 and 4.
    world.server.next = [refuse, none, refuse, refuse, none];
    expect(await write(documents('1', '2', '3', '4'))).toEqual([
      ...created('1', '2'),
      { id: '3', result: 'refused', reason: 'action_request_validation_exception: bad' },
      ...created('4'),
    ]);
  });

  it('halves a request that is too large, and makes the next ones smaller', async () => {
    const tooLarge: Fault = { kind: 'status', status: 413 };
    world.server.next = [tooLarge];
    expect(await write(documents('1', '2', '3', '4'))).toEqual(created('1', '2', '3', '4'));
    await write(documents('5', '6', '7', '8'));
    expect(world.server.requests.map((request) => request.length)).toEqual([4, 2, 2, 2, 2]);
    world.server.next = [tooLarge];
    expect(await write(documents('9'))).toMatchObject([{ result: 'refused', reason: expect.stringContaining('413') }]);
  });
});
