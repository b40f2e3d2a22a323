import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createMetrics } from '@chatwarden/daemon';
import { describe, expect, it } from 'vitest';
import { aDoor, aDurable, NDJSON, ndjson, post } from '../test/a-door.ts';
import { anEcsEvent } from '../test/an-ecs-event.ts';

function send(url: string, body = ndjson(anEcsEvent())): Promise<Response> {
  return fetch(`${url}/ingest`, { method: 'POST', headers: NDJSON, body });
}

function rawRequest(): string {
  const body = ndjson(anEcsEvent());
  const head = ['POST /ingest HTTP/1.1', 'host: localhost', 'content-type: application/x-ndjson'];
  return [...head, `content-length: ${body.length}`, '', body].join('\r\n');
}

function halves(whole: string): [string, string] {
  return [whole.slice(0, 60), whole.slice(60)];
}

describe('the door', () => {
  it('answers on its port until it is closed', async () => {
    const door = await aDoor();
    const { url } = await door.listen();
    const answer = await send(url);
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1 }]);
    await door.close();
    await expect(send(url)).rejects.toThrow('fetch failed');
  });

  it('finishes the requests in hand as it stops, and takes no more', async () => {
    const { promise, resolve } = Promise.withResolvers<{ refused: [] }>();
    const begun = Promise.withResolvers<void>();
    const { durable } = aDurable(() => {
      begun.resolve();
      return promise;
    });
    const door = await aDoor({ durable });
    const { url } = await door.listen();
    const first = send(url);
    await begun.promise;
    const [early, late] = halves(rawRequest());
    const seen = once(door.app.server, 'connection') as Promise<[Socket]>;
    const second = connect(Number(new URL(url).port), '127.0.0.1');
    second.write(early);
    const [accepted] = await seen;
    await expect.poll(() => accepted.bytesRead).toBe(early.length);

    expect(door.ready()).toEqual([{ name: 'accepting', ok: true }]);
    const closing = door.close();
    expect(door.ready()).toEqual([{ name: 'accepting', ok: false }]);
    second.write(late);
    expect((await text(second)).match(/^HTTP\/1.1 \d+|^retry-after: \d+|"code":"\w+"/gm)).toEqual([
      'HTTP/1.1 503',
      'retry-after: 1',
      '"code":"stopping"',
    ]);
    resolve({ refused: [] });
    expect((await first).status).toBe(202);
    await closing;
  });

  it('keeps connections longer than clients do', async () => {
    const door = await aDoor();
    await door.listen();
    expect(door.app.server.keepAliveTimeout).toBeGreaterThan(60_000);
    expect(door.app.server.headersTimeout).toBeLessThanOrEqual(15_000);
    expect(door.app.server.requestTimeout).toBeLessThanOrEqual(60_000);
  });

  it('stops reading a body that grows beyond the limit', async () => {
    const door = await aDoor({}, { INGEST_REQUEST_BYTES_MAX: 2000 });
    const { url } = await door.listen();
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(1000))),
    });
    const init = { method: 'POST', headers: NDJSON, body: endless, duplex: 'half' } as RequestInit;
    const answer = await fetch(`${url}/ingest`, init).catch((error: Error) => error.message);
    // The connection is cut while the client still writes: it may see the answer or only the cut.
    expect(answer instanceof Response ? answer.status : answer).toSatisfy(
      (seen: unknown) => seen === 413 || seen === 'fetch failed',
    );
  });

  it('measures the event loop by itself', async () => {
    const { url } = await (await aDoor({ loopDelayMs: undefined as never })).listen();
    expect((await send(url)).status).toBe(202);
  });

  it('says which variable to set when the port is busy', async () => {
    const { url } = await (await aDoor()).listen();
    const second = await aDoor({}, { INGEST_PORT: Number(new URL(url).port) });
    await expect(second.listen()).rejects.toMatchObject({
      code: 'portUnavailable',
      message: expect.stringContaining('INGEST_PORT'),
    });
  });

  it('counts events by what became of them', async () => {
    const metrics = createMetrics({ service: { name: 'ingestd' } });
    const door = await aDoor({ metrics });
    await post(door, `x\n${ndjson(anEcsEvent(), anEcsEvent())}`);
    const shown = await metrics.registry.metrics();
    expect(shown).toContain('chatwarden_ingest_events_total{result="accepted",service="ingestd"} 2');
    expect(shown).toContain('chatwarden_ingest_events_total{result="not-json",service="ingestd"} 1');
    expect(shown).toMatch(/chatwarden_ingest_request_seconds_count\{.*route="\/ingest",status="207".*\} 1/);
  });
});
