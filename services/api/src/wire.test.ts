import { Failure } from '@chatwarden/contracts';
import { createMetrics } from '@chatwarden/daemon';
import { describe, expect, it, onTestFinished } from 'vitest';
import { anApi, anEmptyLogStore, call } from '../test/an-api.ts';

const VERDICTS = '/api/v1/groups/g0123456789abcdef/verdicts';

describe('problems', () => {
  const withSearch = (error: unknown) => anApi({ logStore: anEmptyLogStore({ search: () => Promise.reject(error) }) });

  it('answers an unknown address with a problem document', async () => {
    const answer = await call(anApi(), '/api/v1/nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 404, instance: expect.stringMatching(/^urn:uuid:/) });
  });

  it('answers an unknown group with 404', async () => {
    for (const path of ['verdicts', 'actions', 'stats']) {
      const answer = await call(anApi(), `/api/v1/groups/g0000000000000000/${path}`);
      expect(answer.json()).toMatchObject({ type: 'urn:chatwarden:problem:unknown-group', status: 404 });
    }
  });

  it('names all wrong parameters at once', async () => {
    const answer = await call(anApi(), `${VERDICTS}?limit=0&band=maybe&from=yesterday&limt=5`);
    expect(answer.status).toBe(400);
    const { errors } = answer.json() as { errors: { pointer: string; detail: string }[] };
    expect(errors.map((error) => error.pointer).toSorted()).toEqual([
      '/query/band',
      '/query/from',
      '/query/limit',
      '/query/limt',
    ]);
    expect(errors.find((error) => error.pointer === '/query/band')?.detail).toContain('act, ask, allow');
  });

  it('says which parameter a foreign cursor is', async () => {
    const answer = await call(withSearch(new Failure('badCursor', 'never', { message: 'not ours' })), VERDICTS);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/query/cursor', detail: 'not ours' }] });
  });

  it('asks to come again while the store is away', async () => {
    const answer = await call(withSearch(new Failure('postgresAway', 'later', { message: 'secret host' })), VERDICTS);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.text).not.toContain('secret host');
  });

  it('keeps what is unexpected to the log', async () => {
    const logged: unknown[] = [];
    const error = new Error('select from secret_table');
    const search = () => Promise.reject(error);
    const log = { error: (...line: unknown[]) => void logged.push(line) } as never;
    const answer = await call(anApi({ logStore: anEmptyLogStore({ search }), log }), VERDICTS);
    expect(answer.json()).toMatchObject({ status: 500, code: 'unexpected' });
    expect(answer.text).not.toContain('secret_table');
    const { instance } = answer.json() as { instance: string };
    expect(logged).toEqual([[{ err: error, requestId: instance.slice('urn:uuid:'.length) }, expect.any(String)]]);
  });

  it('answers an address that cannot be decoded with a problem document', async () => {
    const answer = await call(anApi(), '/api/v1/%zz');
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

describe('access', () => {
  it.each(['localhost:3000', 'LOCALHOST', '127.0.0.1:80', '[::1]:3000', 'chat.localhost:3000'])(
    'is by a name of this machine: %s',
    async (host) => {
      expect((await call(anApi(), '/api/v1/groups', { headers: { host } })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', '[::1].evil.example'])(
    'is refused by another name: %s',
    async (host) => {
      const api = anApi();
      for (const url of ['/', '/api/v1/groups', '/nothing']) {
        const answer = await call(api, url, { headers: { host } });
        expect(answer.json()).toMatchObject({ status: 403, code: 'host-not-allowed' });
      }
    },
  );

  it('is by the names of ALLOWED_HOSTS, or by any for *', async () => {
    const named = anApi({}, { ALLOWED_HOSTS: ' chat.example , other.example' });
    expect((await call(named, '/api/v1/groups', { headers: { host: 'Chat.example:8443' } })).status).toBe(200);
    expect((await call(named, '/api/v1/groups', { headers: { host: 'third.example' } })).status).toBe(403);
    const open = anApi({}, { ALLOWED_HOSTS: '*' });
    expect((await call(open, '/api/v1/groups', { headers: { host: 'third.example' } })).status).toBe(200);
  });

  it.each([
    { site: 'cross-site', url: '/api/v1/groups', status: 403 },
    { site: 'same-site', url: '/api/v1/groups', status: 403 },
    { site: 'cross-site', url: '/page.js', status: 403 },
    { site: 'same-origin', url: '/api/v1/groups', status: 200 },
    { site: 'none', url: '/api/v1/groups', status: 200 },
  ])('answers $status to a $site request for $url', async ({ site, url, status }) => {
    const headers = { host: 'localhost', 'sec-fetch-site': site, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
    expect((await call(anApi(), url, { headers })).status).toBe(status);
  });

  it('lets people follow a link to the page, not to the API', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const headers = { host: 'localhost', ...link };
    expect((await call(anApi(), '/', { headers })).status).toBe(200);
    expect((await call(anApi(), '/api/v1/groups', { headers })).status).toBe(403);
  });
});

describe('the page', () => {
  it('is served with all its parts, which may only talk to us', async () => {
    const api = anApi();
    const page = await call(api, '/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';" +
        "base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    const parts = [...page.text.matchAll(/(?:src|href)="(\/[a-z.-]+)"/g)].map(([, url = '']) => url);
    expect(parts).toContain('/page.js');
    for (const url of parts) expect(await call(api, url)).toMatchObject({ status: 200 });
  });

  it('has modules that import only what is served', async () => {
    const api = anApi();
    const seen = new Set(['/page.js']);
    for (const url of seen) {
      const { status, text } = await call(api, url);
      expect({ url, status }).toEqual({ url, status: 200 });
      for (const [, name = ''] of text.matchAll(/from '\.(\/[a-z-]+\.js)'/g)) seen.add(name);
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  it('has no script or style in its markup', async () => {
    const { text } = await call(anApi(), '/');
    expect(text).not.toMatch(/<style|style=|\son[a-z]+=|<script(?![^>]*src=)/);
  });
});

describe('answers', () => {
  it('of the API are never stored', async () => {
    const api = anApi();
    expect((await call(api, '/api/v1/groups')).headers['cache-control']).toBe('no-store');
    expect((await call(api, '/api/v1/nothing')).headers['cache-control']).toBe('no-store');
    expect((await call(api, '/')).headers['cache-control']).toBe('no-cache');
  });

  it('are measured by route, not by address', async () => {
    const metrics = createMetrics({ service: { name: 'api' } });
    const api = anApi({ metrics });
    await call(api, VERDICTS);
    await call(api, '/api/v1/whatever');
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/_count\{.*route="\/api\/v1\/groups\/:groupId\/verdicts",status="200".*\} 1/);
    expect(text).toMatch(/_count\{.*route="none",status="404".*\} 1/);
  });
});

describe('listening', () => {
  it('answers on its port until it is closed', async () => {
    const api = anApi();
    const { url } = await api.listen();
    const answer = await fetch(`${url}api/v1/groups`);
    expect(answer.status).toBe(200);
    await answer.text();
    await api.close();
    await expect(fetch(`${url}api/v1/groups`)).rejects.toThrow('fetch failed');
  });

  it('says which variable to set when the port is busy', async () => {
    const first = anApi();
    onTestFinished(() => first.close());
    const PORT = Number(new URL((await first.listen()).url).port);
    const second = anApi({}, { PORT });
    onTestFinished(() => second.close());
    await expect(second.listen()).rejects.toMatchObject({
      code: 'portUnavailable',
      message: expect.stringContaining('PORT'),
    });
  });
});
