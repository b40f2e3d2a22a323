import { createServer } from 'node:http';
import { manualClock, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { startFakeLlm, type Turn } from '../../test/fake-llm.ts';
import { createAskEndpoint, type EndpointSettings } from './ask-endpoint.ts';
import { toMessages } from './prompt.ts';

const TIMEOUT_MS = 5000;
const messages = toMessages({ shown: { text: 'casino' }, groupPrompt: '' }, { fence: 'f', answerId: 'ab' });

async function anEndpoint(turns: Turn[], over: Partial<EndpointSettings> = {}) {
  const fake = await startFakeLlm();
  fake.script(...turns);
  const clock = manualClock();
  const ask = createAskEndpoint({ url: fake.url, model: 'tiny', timeoutMs: TIMEOUT_MS, ...over }, clock);
  const stopping = new AbortController();
  return { fake, clock, stopping, ask: () => ask(messages, stopping.signal) };
}

const formats = (requests: { body: { response_format?: { type: string } } }[]) =>
  requests.map(({ body }) => body.response_format?.type);

describe('a call', () => {
  it('is a chat completion with model, key and the strictest format, and no setting that models differ in', async () => {
    const { fake, ask } = await anEndpoint([{ content: 'word' }], { apiKey: 'secret' });
    expect(await ask()).toEqual({ result: 'content', content: 'word' });
    const [request] = fake.requests;
    expect(request).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer secret' });
    expect(Object.keys(request?.body ?? {}).toSorted()).toEqual(['messages', 'model', 'response_format']);
    expect(request?.body).toMatchObject({ model: 'tiny', messages, response_format: { type: 'json_schema' } });
  });

  it('bears no key when there is none, and takes a whole address as it is', async () => {
    const { fake } = await anEndpoint([{ content: 'word' }]);
    const settings = { url: `${fake.url}/chat/completions`, model: 'tiny', timeoutMs: TIMEOUT_MS };
    await createAskEndpoint(settings, manualClock())(messages, new AbortController().signal);
    expect(fake.requests[0]).toMatchObject({ path: '/v1/chat/completions', authorization: undefined });
  });

  it('is made again with a laxer format where the strict one is not taken, and remembers it', async () => {
    const { fake, ask } = await anEndpoint([{ status: 400 }, { status: 422 }, { content: 'word' }]);
    expect(await ask()).toMatchObject({ result: 'content' });
    await ask();
    expect(formats(fake.requests)).toEqual(['json_schema', 'json_object', undefined, undefined]);
  });

  it('that is taken in no format is rejected, and the next one starts from the strictest again', async () => {
    const { fake, ask } = await anEndpoint([{ status: 400 }]);
    expect(await ask()).toEqual({ result: 'rejected', why: 'status 400' });
    await ask();
    expect(formats(fake.requests)).toEqual([
      'json_schema',
      'json_object',
      undefined,
      'json_schema',
      'json_object',
      undefined,
    ]);
  });
});

describe('what becomes of it', () => {
  it('a message that its filter holds back is garbage, and no reason to try other formats', async () => {
    const { fake, ask } = await anEndpoint([{ status: 400, body: '{"error":{"code":"content_filter"}}' }]);
    expect(await ask()).toMatchObject({ result: 'garbage' });
    expect(fake.requests).toHaveLength(1);
  });

  it.each([
    [401, 'refused'],
    [402, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [500, 'away'],
    [503, 'away'],
  ])('status %i is %s', async (status, result) => {
    const { ask } = await anEndpoint([{ status }]);
    expect(await ask()).toMatchObject({ result, why: `status ${status}` });
  });

  it.each([
    ['seconds', '90', 90_000],
    ['a date', new Date(NOON + 45_000).toUTCString(), 45_000],
    ['nothing that can be read', 'soon', 30_000],
    ['a year', '31536000', 3_600_000],
  ])('status 429 is a pause of %s', async (_, header, waitMs) => {
    const { ask } = await anEndpoint([{ status: 429, headers: { 'retry-after': header } }]);
    expect(await ask()).toEqual({ result: 'busy', waitMs });
  });

  it('a pause without an end is half a minute', async () => {
    const { ask } = await anEndpoint([{ status: 429 }]);
    expect(await ask()).toEqual({ result: 'busy', waitMs: 30_000 });
  });

  it.each([
    ['no JSON', 'oops'],
    ['another form', '{"choices":[]}'],
    ['no content', '{"choices":[{"message":{"content":null}}]}'],
    ['a cut answer', '{"choices":[{"finish_reason":"length","message":{"content":"{"}}]}'],
    ['a filtered one', '{"choices":[{"finish_reason":"content_filter","message":{}}]}'],
    ['a flood', 'x'.repeat(100_000)],
  ])('%s is garbage', async (_, body) => {
    const { ask } = await anEndpoint([{ status: 200, body }]);
    expect(await ask()).toMatchObject({ result: 'garbage' });
  });

  it('a connection that ends is away', async () => {
    const { ask } = await anEndpoint(['hangUp']);
    expect(await ask()).toMatchObject({ result: 'away' });
  });

  it('a redirect is not followed: key and message go where the operator said, and nowhere else', async () => {
    const elsewhere = await startFakeLlm();
    const { ask } = await anEndpoint([{ status: 307, headers: { location: `${elsewhere.url}/chat/completions` } }]);
    expect(await ask()).toMatchObject({ result: 'away' });
    expect(elsewhere.requests).toEqual([]);
  });

  it('nobody there is away, and says so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const settings = { url: `http://127.0.0.1:${port}`, model: 'tiny', timeoutMs: TIMEOUT_MS };
    const answer = await createAskEndpoint(settings, manualClock())(messages, new AbortController().signal);
    expect(answer).toMatchObject({ result: 'away', why: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('silence is away after the time-out', async () => {
    const { fake, clock, ask } = await anEndpoint(['silent']);
    const asking = ask();
    await fake.called(1);
    await clock.advance(TIMEOUT_MS);
    expect(await asking).toEqual({ result: 'away', why: 'no answer within 5000 ms' });
  });

  it('a stop is no answer at all', async () => {
    const { fake, stopping, ask, clock } = await anEndpoint(['silent']);
    const asking = ask();
    await fake.called(1);
    stopping.abort();
    await expect(asking).rejects.toThrow('abort');
    expect(clock.sleeping()).toBe(0);
  });
});
