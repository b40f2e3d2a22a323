/** The client against a server that answers as the door's description says; test/e2e has the real one. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIngestPoster } from './post.ts';

interface Seen {
  url: string;
  headers: IncomingHttpHeaders;
  lines: string[];
}

type Reply = { status: number; body: unknown; headers?: Record<string, string> };

/** Answers requests one after the other with these; the last one again and again. */
async function aDoorThat(...replies: Reply[]) {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    void buffer(request).then((raw) => {
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString();
      seen.push({ url: request.url ?? '', headers: request.headers, lines: text.trimEnd().split('\n') });
      const {
        status,
        body,
        headers = {},
      } = replies[Math.min(seen.length, replies.length) - 1] ?? { status: 500, body: '' };
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const clock = manualClock();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { poster: createIngestPoster({ url, key: 'cwi_a_b', clock }), clock, seen, connections: () => connections };
}

const problem = (status: number, code: string, more = {}): Reply => ({
  status,
  body: { type: `urn:chatwarden:problem:${code}`, title: 'No', status, code, instance: 'urn:uuid:1', ...more },
});
const events = (count: number) => Array.from({ length: count }, (_, id) => aVerdictEvent({ id: `${id}` }));

describe('posting events', () => {
  it('sends NDJSON with the key, and takes what is accepted for created', async () => {
    const { poster, seen } = await aDoorThat({ status: 202, body: { accepted: 2 } });
    const [one, two] = [aVerdictEvent({ id: '1' }), aVerdictEvent({ id: '2' })];
    expect(await poster.write([one, two])).toEqual([
      { id: one.event.id, result: 'created' },
      { id: two.event.id, result: 'created' },
    ]);
    expect(seen[0]?.url).toBe('/ingest');
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer cwi_a_b', 'content-type': 'application/x-ndjson' });
    expect(seen[0]?.lines.map((line) => JSON.parse(line) as unknown)).toEqual([one, two]);
  });

  it('packs what is large', async () => {
    const { poster, seen } = await aDoorThat(
      { status: 202, body: { accepted: 50 } },
      { status: 202, body: { accepted: 1 } },
    );
    expect(await poster.write(events(50))).toHaveLength(50);
    expect(await poster.write(events(1))).toHaveLength(1);
    expect(seen.map(({ headers, lines }) => [headers['content-encoding'], lines.length])).toEqual([
      ['gzip', 50],
      [undefined, 1],
    ]);
  });

  it('keeps its connections', async () => {
    const { poster, seen, connections } = await aDoorThat({ status: 202, body: { accepted: 1 } });
    for (let sent = 0; sent < 10; sent += 1) await poster.write(events(1));
    expect(seen).toHaveLength(10);
    // A second one is opened when the first is not yet known to be free.
    expect(connections()).toBeLessThanOrEqual(2);
  });

  it('sends nothing for no events', async () => {
    const { poster, seen } = await aDoorThat({ status: 202, body: { accepted: 0 } });
    expect(await poster.write([])).toEqual([]);
    expect(seen).toEqual([]);
  });

  it('tells the refused from the others, also where their reasons are not told', async () => {
    const errors = [{ position: 1, code: 'outside-window', reason: 'too old' }];
    const body = { accepted: 1, refused: 2, refusedPositions: [1, 2], errors };
    const { poster } = await aDoorThat({ status: 207, body });
    const outcomes = await poster.write(events(3));
    expect(outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : outcome.result))).toEqual([
      'created',
      'outside-window: too old',
      'refused by ingestd',
    ]);
  });

  it('takes a request of which nothing can be kept for refused events', async () => {
    const errors = [{ position: 0, code: 'too-deep', reason: 'objects' }];
    const { poster } = await aDoorThat(problem(400, 'nothing-usable', { errors }));
    expect(await poster.write(events(1))).toMatchObject([{ result: 'refused', reason: 'too-deep: objects' }]);
  });

  it('sends halves of what is too large, and refuses the one that is too large alone', async () => {
    const tooLarge = problem(413, 'too-large');
    const { poster, seen } = await aDoorThat(tooLarge, { status: 202, body: { accepted: 2 } }, tooLarge);
    const outcomes = await poster.write(events(3));
    expect(seen.map(({ lines }) => lines.length)).toEqual([3, 2, 1]);
    expect(outcomes.map((outcome) => outcome.result)).toEqual(['created', 'created', 'refused']);
  });
});

describe('what is tried again later', () => {
  it.each([
    ['a rate that is passed', problem(429, 'rate-limit')],
    ['a door that is overloaded', problem(503, 'overloaded')],
    ['a surprise', problem(500, 'unexpected')],
    ['a key that is not known', problem(401, 'unauthorized')],
    ['a key that is for others', problem(403, 'service-not-allowed')],
    ['the page of a proxy', { status: 400, body: '<html>' }],
    ['another server', { status: 404, body: '' }],
    ['an answer that accounts for fewer events', { status: 202, body: { accepted: 1 } }],
    ['an answer that is none', { status: 202, body: 'ok' }],
  ])('is %s', async (_, reply) => {
    const { poster } = await aDoorThat(reply);
    await expect(poster.write(events(2))).rejects.toMatchObject({ code: 'ingestAway', retry: 'later' });
  });

  it('is a server that does not answer', async () => {
    const poster = createIngestPoster({ url: 'http://127.0.0.1:1', clock: manualClock() });
    await expect(poster.write(events(1))).rejects.toMatchObject({ code: 'ingestAway', retry: 'later' });
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', new Date(manualClock().now() + 9000).toUTCString(), 9000],
    ['far too much', '86400', 60_000],
  ])('waits as long as Retry-After says: %s', async (_, header, waitMs) => {
    const busy = { ...problem(503, 'away'), headers: { 'retry-after': header } };
    const { poster, clock, seen } = await aDoorThat(busy, { status: 202, body: { accepted: 1 } });
    await expect(poster.write(events(1))).rejects.toThrow('away: No');
    const second = poster.write(events(1));
    await clock.advance(waitMs - 1);
    expect([seen.length, clock.sleeping()]).toEqual([1, 1]);
    await clock.advance(1);
    expect(await second).toMatchObject([{ result: 'created' }]);
  });

  it('does not wait for a header that is none', async () => {
    const odd = { ...problem(503, 'away'), headers: { 'retry-after': 'soon' } };
    const { poster } = await aDoorThat(odd, { status: 202, body: { accepted: 1 } });
    await expect(poster.write(events(1))).rejects.toThrow('away');
    expect(await poster.write(events(1))).toMatchObject([{ result: 'created' }]);
  });
});
