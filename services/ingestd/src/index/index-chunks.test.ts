import { Failure, type LogChunk, type RefusedChunk } from '@chatwarden/contracts';
import { createMetrics } from '@chatwarden/daemon';
import type { ItemOutcome, RawDocument } from '@chatwarden/logstore';
import { manualClock, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { toChunks } from '../accept/to-chunks.ts';
import { createIndexMetrics } from '../metrics.ts';
import { createIndexChunks } from './index-chunks.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

function aChunk(ids: readonly string[], { service = 'shop', day = '2026-11-24' } = {}): LogChunk {
  const documents = ids.map((id) => ({ id, service, day, line: Buffer.from(`{"id":"${id}"}`) }));
  return toChunks(documents)[0] ?? { id: '', service, day, ids: [], lines: new Uint8Array() };
}

function anIndex(outcomeOf: (document: RawDocument) => ItemOutcome = ({ id }) => ({ id, result: 'created' })) {
  const written: { id: string; index: string; line: string }[] = [];
  const published: RefusedChunk[] = [];
  const { registry } = createMetrics({ service: { name: 'ingestd' } });
  const deps = {
    bus: { publish: async (_topic: string, chunks: readonly unknown[]) => void published.push(...(chunks as never[])) },
    sink: {
      writeDocuments: async (documents: readonly RawDocument[]) => {
        written.push(...documents.map(({ line, ...rest }) => ({ ...rest, line: text(line) })));
        return documents.map(outcomeOf);
      },
    },
    clock: manualClock(),
    metrics: createIndexMetrics(registry),
  };
  const counts: Record<string, number> = {};
  const count = (name: string, n: number) => void (counts[name] = (counts[name] ?? 0) + n);
  const signal = new AbortController().signal;
  const handle = (chunks: LogChunk[]) => createIndexChunks(deps)(chunks, { signal, count });
  return { handle, deps, written, published, counts, registry };
}

describe('a batch of chunks', () => {
  it('is written document by document into the index of its service and day', async () => {
    const { handle, written, counts, registry } = anIndex();
    expect(await handle([aChunk(['1', '2']), aChunk(['3'], { service: 'cart', day: '2026-11-25' })])).toEqual([]);
    expect(written).toEqual([
      { id: '1', index: 'logs-shop-2026.11.24', line: '{"id":"1"}' },
      { id: '2', index: 'logs-shop-2026.11.24', line: '{"id":"2"}' },
      { id: '3', index: 'logs-cart-2026.11.25', line: '{"id":"3"}' },
    ]);
    expect(counts).toEqual({ indexed: 3 });
    expect(await registry.metrics()).toContain(
      'chatwarden_index_documents_total{result="indexed",service="ingestd"} 3',
    );
  });

  it('is counted with the position, each document once', async () => {
    const { handle, counts } = anIndex(({ id }) =>
      id === '1'
        ? { id, result: 'duplicate' }
        : id === '2'
          ? { id, result: 'refused', reason: 'x' }
          : { id, result: 'created' },
    );
    await handle([aChunk(['1', '2', '3', '4']), aChunk(['1'], { service: 'cart' })]);
    expect(counts).toEqual({ indexed: 2, duplicate: 2, dead: 1 });
  });

  it('keeps what the index refuses, whole and with its reason', async () => {
    const refused = new Map([
      ['2', 'mapper_parsing_exception: failed to parse field [a]'],
      ['4', 'x'.repeat(5000)],
    ]);
    const { handle, published } = anIndex(({ id }) => {
      const reason = refused.get(id);
      return reason === undefined ? { id, result: 'created' } : { id, result: 'refused', reason };
    });
    await handle([aChunk(['1', '2', '3']), aChunk(['4'])]);
    expect(published.map((chunk) => ({ ...chunk, lines: text(chunk.lines) }))).toEqual([
      {
        id: expect.any(String),
        service: 'shop',
        day: '2026-11-24',
        ids: ['2', '4'],
        lines: '{"id":"2"}\n{"id":"4"}\n',
        reasons: [refused.get('2'), 'x'.repeat(1000)],
        at: NOON,
      },
    ]);
  });

  it('goes on without a chunk that is not whole', async () => {
    const { handle, written, counts } = anIndex();
    const fewer = { ...aChunk(['1', '2', '3']), ids: ['1', '2'] };
    const more = { ...aChunk(['1']), ids: ['1', '2'] };
    const refused = await handle([fewer, more, aChunk(['5'])]);
    expect(refused.map(({ id }) => id)).toEqual([fewer.id, more.id]);
    expect(written.map(({ id }) => id)).toEqual(['5']);
    expect(counts).toEqual({ indexed: 1, dead: 4 });
  });

  it('asks nothing of the index when no chunk is whole', async () => {
    const { handle, written } = anIndex();
    expect(await handle([{ ...aChunk(['1']), lines: new Uint8Array() }])).toHaveLength(1);
    expect(written).toEqual([]);
  });
});

describe('what is tried again', () => {
  it('is the batch of an index that is away', async () => {
    const { handle, deps, counts } = anIndex();
    const away = new Failure('openSearchAway', 'later', { message: '' });
    deps.sink.writeDocuments = () => Promise.reject(away);
    await expect(handle([aChunk(['1'])])).rejects.toBe(away);
    expect(counts).toEqual({});
  });

  it('is a batch whose refused documents could not be kept', async () => {
    const { handle, deps, counts } = anIndex(({ id }) => ({ id, result: 'refused', reason: 'x' }));
    deps.bus.publish = () => Promise.reject(new Failure('kafkaAway', 'later', { message: '' }));
    await expect(handle([aChunk(['1'])])).rejects.toMatchObject({ code: 'kafkaAway' });
    expect(counts).toEqual({});
  });

  it('is a batch that the sink accounts for in part', async () => {
    const { handle, deps } = anIndex();
    deps.sink.writeDocuments = async () => [];
    await expect(handle([aChunk(['1'])])).rejects.toMatchObject({ code: 'sinkShort', retry: 'later' });
  });
});
