import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { retryClassOf } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { kubeconfigFor, startFakeApi } from '../../test/fake-api.ts';
import { until, watchSleeps } from '../../test/turns.ts';
import { createKubeClient, KubeError, RESOURCES } from '../index.ts';

const PODS = { method: 'GET', path: '/api/v1/pods' } as const;

const status = (code: number, reason: string, more: object = {}) => ({
  status: code,
  body: { kind: 'Status', code, reason, message: `it is ${reason}`, ...more },
});

async function failureOf(work: Promise<unknown>): Promise<KubeError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KubeError)) throw new Error('it did not fail as a KubeError', { cause: error });
  return error;
}

describe('a request', () => {
  it('says who asks and what is accepted', async () => {
    const api = await startFakeApi();
    api.script({ body: { fine: true } });
    const client = api.client({ userAgent: 'warden/1', impersonate: { user: 'olga', groups: ['staff', 'night'] } });
    const request = { method: 'POST', path: '/api/v1/x', query: { dryRun: 'All', none: undefined } } as const;
    expect(await client.request({ ...request, body: { a: 'ü' } })).toEqual({ fine: true });
    expect(api.asked[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/x?dryRun=All',
      body: '{"a":"ü"}',
      headers: {
        'user-agent': 'warden/1',
        accept: 'application/json',
        'content-type': 'application/json',
        'impersonate-user': 'olga',
        'impersonate-group': 'staff, night',
      },
    });
    expect(client.namespace).toBe('home');
  });

  it('goes below the path of a server that stands behind a gateway', async () => {
    const api = await startFakeApi();
    const client = api.client({ access: { kubeconfig: kubeconfigFor(`${api.url}/clusters/one/`) } });
    await client.request(PODS);
    expect(api.asked[0]?.url).toBe('/clusters/one/api/v1/pods');
  });

  it.each([
    [400, 'BadRequest', 'never'],
    [422, 'Invalid', 'never'],
    [403, 'Forbidden', 'later'],
    [404, 'NotFound', 'later'],
    [409, 'Conflict', 'now'],
    [410, 'Expired', 'now'],
    [500, 'InternalError', 'later'],
  ])('that is answered with %i %s is a failure of class %s', async (code, reason, retry) => {
    const api = await startFakeApi();
    const causes = [{ reason: 'Odd', message: 'so', field: '.spec' }, {}];
    api.script(status(code, reason, { details: { causes } }));
    const error = await failureOf(api.client().request(PODS));
    expect(error).toMatchObject({ status: code, reason, code: reason });
    expect(error.message).toBe(`GET /api/v1/pods: it is ${reason}`);
    expect(error.causes).toEqual([causes[0], { reason: '', message: '' }]);
    expect(retryClassOf(error)).toBe(retry);
    expect(api.asked).toHaveLength(1);
  });

  it('shows a person only the beginning of an answer that is no Status', async () => {
    const api = await startFakeApi();
    api.script({ status: 502, body: `<html>${'x'.repeat(5000)}` });
    const error = await failureOf(api.client().request(PODS));
    expect(error.reason).toBe('Status502');
    expect(error.message.length).toBeLessThan(300);
    api.script({ status: 403, body: '' });
    expect((await failureOf(api.client().request(PODS))).message).toBe('GET /api/v1/pods: status 403');
  });

  it('whose good answer is no JSON failed', async () => {
    const api = await startFakeApi();
    api.script({ body: '{"half":' });
    expect(await failureOf(api.client().request(PODS))).toMatchObject({ status: 0, reason: 'BadAnswer' });
  });

  it('to nobody is unreachable, which may pass', async () => {
    const client = createKubeClient({
      access: { kubeconfig: kubeconfigFor('http://127.0.0.1:1') },
      clock: manualClock(),
    });
    const error = await failureOf(client.request(PODS));
    expect(error).toMatchObject({ status: 0, reason: 'Unreachable', retry: 'later' });
  });

  it('ends with the reason of its signal', async () => {
    const api = await startFakeApi();
    api.script(() => {});
    const stop = new AbortController();
    const asking = api.client().request({ ...PODS, signal: stop.signal });
    await api.until(1);
    stop.abort(new Error('stopping'));
    await expect(asking).rejects.toThrow('stopping');
    const late = api.client().request({ ...PODS, signal: stop.signal });
    await expect(late).rejects.toThrow('stopping');
    expect(api.asked).toHaveLength(1);
  });
});

describe('a time limit', () => {
  it('counts to the head of an answer', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    api.script(() => {});
    const failing = failureOf(api.client({ timeoutMs: 3000 }).request(PODS));
    await api.until(1);
    await clock.advance(3000);
    expect(await failing).toMatchObject({ status: 0, reason: 'Timeout', retry: 'later' });
  });

  it('counts to the end of an answer', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    const begun = Promise.withResolvers<void>();
    api.script((response) => {
      response.writeHead(200);
      response.write('{', () => begun.resolve());
    });
    const failing = failureOf(api.client().request({ ...PODS, timeoutMs: 3000 }));
    await begun.promise;
    await clock.advance(3000);
    expect(await failing).toMatchObject({ reason: 'Timeout' });
  });

  it('is of each try and leaves no timer behind', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    await api.client().request(PODS);
    expect(clock.sleeping()).toBe(0);
  });
});

describe('a server that is busy', () => {
  it.each([
    ['says how long in seconds', { status: 429, headers: { 'retry-after': '7' } }, 7000],
    ['says nothing', { status: 429 }, 1000],
    ['is about to stop', { status: 503, headers: { 'retry-after': '2' } }, 2000],
    ['says when', { status: 503, headers: { 'retry-after': 'Tue, 24 Nov 2026 12:00:06 GMT' } }, 6000],
  ])('is asked again in its time, when it %s', async (_how, busy, waitMs) => {
    const clock = manualClock();
    const watched = watchSleeps(clock);
    const api = await startFakeApi(watched.clock);
    api.script(busy, { body: { fine: true } });
    const asking = api.client().request(PODS);
    await until(() => watched.slept.includes(waitMs));
    await clock.advance(waitMs - 1);
    expect(api.asked).toHaveLength(1);
    await clock.advance(1);
    expect(await asking).toEqual({ fine: true });
  });

  it('is not asked for ever, nor waited for too long', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    api.script({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await failureOf(api.client().request(PODS))).toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
    api.script({ status: 429, headers: { 'retry-after': '0' } });
    expect(await failureOf(api.client().request(PODS))).toMatchObject({ reason: 'TooManyRequests' });
    expect(api.asked).toHaveLength(1 + 11);
  });

  it('that merely fails is the caller’s to ask again', async () => {
    const api = await startFakeApi();
    api.script({ status: 503 });
    expect(await failureOf(api.client().request(PODS))).toMatchObject({ status: 503 });
    expect(api.asked).toHaveLength(1);
  });
});

describe('credentials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-access-'));

  it('that are refused are read anew, once', async () => {
    const api = await startFakeApi();
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'old\n');
    const client = api.client({ access: { kubeconfig: kubeconfigFor(api.url, { tokenFile }) } });
    await client.request(PODS);
    writeFileSync(tokenFile, 'new\n');
    api.script(status(401, 'Unauthorized'), { body: { fine: true } });
    expect(await client.request(PODS)).toEqual({ fine: true });
    expect(api.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
    api.script(status(401, 'Unauthorized'));
    expect(await failureOf(client.request(PODS))).toMatchObject({ status: 401, retry: 'later' });
    expect(api.asked).toHaveLength(5);
  });

  it('of a file are found beside it', async () => {
    const api = await startFakeApi();
    const file = join(folder, 'kubeconfig');
    writeFileSync(join(folder, 'beside'), 'abc');
    writeFileSync(file, kubeconfigFor(api.url, { tokenFile: 'beside' }));
    await api.client({ access: { kubeconfigFile: file, context: 'here' } }).request(PODS);
    expect(api.asked[0]?.headers.authorization).toBe('Bearer abc');
  });

  it('may come from a program, which is asked again when they are refused', async () => {
    const api = await startFakeApi();
    const tokenFile = join(folder, 'issued');
    writeFileSync(tokenFile, 'one');
    const program = `process.stdout.write(JSON.stringify({ status: { token: fs.readFileSync(process.argv[1], 'utf8') } }))`;
    const exec = { command: process.execPath, args: ['-e', program, tokenFile], apiVersion: 'v1' };
    const client = api.client({ access: { kubeconfig: kubeconfigFor(api.url, { exec }) } });
    await client.request(PODS);
    writeFileSync(tokenFile, 'two');
    api.script(status(401, 'Unauthorized'), { body: {} });
    await client.request(PODS);
    expect(api.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
  });

  it('that cannot be read are a failure that may pass', async () => {
    const api = await startFakeApi();
    const user = { tokenFile: join(folder, 'nowhere') };
    const client = api.client({ access: { kubeconfig: kubeconfigFor(api.url, user) } });
    expect(await failureOf(client.request(PODS))).toMatchObject({ status: 0, retry: 'later' });
  });

  it('without a cluster are refused at once', () => {
    expect(() => createKubeClient({ access: { kubeconfig: '{}' }, clock: manualClock() })).toThrow('no cluster');
  });
});

describe('a connection that the server had closed', () => {
  it('costs nothing, but for what must not be done twice', async () => {
    const api = await startFakeApi();
    const client = api.client();
    await client.request(PODS);
    api.script((response) => response.socket?.resetAndDestroy(), { body: { fine: true } });
    expect(await client.request(PODS)).toEqual({ fine: true });
    api.script((response) => response.socket?.resetAndDestroy(), { body: { fine: true } });
    expect(await failureOf(client.request({ method: 'POST', path: '/api/v1/pods' }))).toMatchObject({
      reason: 'Unreachable',
    });
  });
});

describe('requests', () => {
  it('keep to their rate, but for what is urgent', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    const client = api.client({ qps: 10, burst: 2 });
    await Promise.all([client.request(PODS), client.request(PODS)]);
    const third = client.request(PODS);
    await client.request({ ...PODS, urgent: true });
    expect(api.asked).toHaveLength(3);
    await clock.advance(100);
    await third;
    expect(api.asked).toHaveLength(4);
  });

  it('are counted by the names of client-go', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    const registry = new Registry();
    const client = api.client({ registry });
    api.client({ registry });
    await client.request(PODS);
    api.script(status(401, 'Unauthorized'));
    await failureOf(client.request(PODS));
    const text = await registry.metrics();
    const host = new URL(api.url).host;
    expect(text).toContain(`rest_client_requests_total{code="200",method="GET",host="${host}"} 1`);
    expect(text).toContain(`rest_client_requests_total{code="401",method="GET",host="${host}"} 2`);
    expect(text).toContain(`rest_client_request_retries_total{code="401",verb="GET",host="${host}"} 1`);
    expect(text).toContain(`rest_client_request_duration_seconds_count{verb="GET",host="${host}"} 3`);
    expect(text).toContain(`rest_client_rate_limiter_duration_seconds_count{verb="GET",host="${host}"} 3`);
  });
});

describe('a verb', () => {
  it('that names an object of a namespace without one is a mistake', async () => {
    const api = await startFakeApi();
    await expect(async () => api.client().get(RESOURCES.pods, { name: 'a' })).rejects.toThrow('needs a namespace');
  });
});
