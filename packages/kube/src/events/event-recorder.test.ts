import { manualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { heardLog } from '../../test/fake-api.ts';
import { KubeError } from '../kube-error.ts';
import type { At, KubeObject } from '../objects.ts';
import type { EventFacts, EventObject } from './event-object.ts';
import { createEventRecorder } from './event-recorder.ts';

const group = (name = 'g'): KubeObject => ({
  apiVersion: 'x/v1',
  kind: 'Group',
  metadata: { name, namespace: 'home', uid: `uid-${name}`, resourceVersion: '7', labels: { a: 'b' } },
});
const facts: EventFacts = { type: 'Normal', reason: 'TopicCreated', action: 'CreateTopic', message: 'made it' };

async function aRecorder() {
  const clock = manualClock();
  const { lines, ...log } = heardLog();
  const registry = new Registry();
  const events: EventObject[] = [];
  const patches: { at: At; patch: object }[] = [];
  const failures: Error[] = [];
  const maybeFail = () => {
    const failure = failures.shift();
    if (failure) throw failure;
  };
  const client = {
    async create<T extends KubeObject>(_resource: unknown, object: T): Promise<T> {
      maybeFail();
      events.push(object as unknown as EventObject);
      return object;
    },
    async mergePatch<T extends KubeObject>(_resource: unknown, at: At, change: { patch: object }): Promise<T> {
      maybeFail();
      patches.push({ at, patch: change.patch });
      return { ...events[0], ...change.patch } as unknown as T;
    },
  };
  const reporter = { controller: 'x/operator', instance: 'pod-1' };
  const recorder = createEventRecorder({ client, reporter, clock, log, registry });
  const stop = new AbortController();
  const running = recorder.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  const record = async (object = group(), more: Partial<EventFacts> = {}) => {
    recorder.record(object, { ...facts, ...more });
    await clock.advance(0);
  };
  const count = async (result: string) =>
    Number(new RegExp(`kube_events_total\\{result="${result}"\\} (\\d+)`).exec(await registry.metrics())?.[1] ?? 0);
  return { clock, events, patches, failures, record, recorder, lines, stop, running, count };
}

describe('an event', () => {
  it('says what happened to which object, exactly when, and who tells', async () => {
    const { events, record } = await aRecorder();
    await record();
    expect(events).toEqual([
      {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: expect.stringMatching(/^g\.[0-9a-f]{16}$/), namespace: 'home' },
        eventTime: '2026-11-24T12:00:00.000000Z',
        reportingController: 'x/operator',
        reportingInstance: 'pod-1',
        type: 'Normal',
        reason: 'TopicCreated',
        action: 'CreateTopic',
        note: 'made it',
        regarding: {
          apiVersion: 'x/v1',
          kind: 'Group',
          name: 'g',
          namespace: 'home',
          uid: 'uid-g',
          resourceVersion: '7',
        },
      },
    ]);
  });

  it('of what has no namespace stands in the default one', async () => {
    const { events, record } = await aRecorder();
    await record({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    expect(events[0]?.metadata.namespace).toBe('default');
  });

  it('has a note that fits, cut between characters', async () => {
    const { events, record } = await aRecorder();
    await record(group(), { message: `x${'é'.repeat(600)}` });
    const note = events[0]?.note ?? '';
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1024);
    expect(note).toMatch(/^xé+…$/);
  });
});

describe('the same again', () => {
  it('is a series at once, and later told in one word', async () => {
    const { clock, events, patches, record, count } = await aRecorder();
    await record();
    await record();
    const name = events[0]?.metadata.name;
    expect(patches).toEqual([
      {
        at: expect.objectContaining({ name, namespace: 'home' }),
        patch: { series: { count: 2, lastObservedTime: '2026-11-24T12:00:00.000000Z' } },
      },
    ]);
    for (let times = 0; times < 100; times += 1) await record();
    expect(patches).toHaveLength(1);
    await clock.advance(360_000);
    expect(patches[1]?.patch).toEqual({ series: { count: 102, lastObservedTime: '2026-11-24T12:00:00.000000Z' } });
    expect(events).toHaveLength(1);
    expect([await count('sent'), await count('repeated')]).toEqual([3, 101]);
  });

  it('is a new event when it has not happened for long', async () => {
    const { clock, events, record } = await aRecorder();
    await record();
    await clock.advance(360_000);
    await record();
    expect(events).toHaveLength(2);
    await clock.advance(360_000);
    await clock.advance(360_000);
    expect(events).toHaveLength(2);
  });

  it('is another thing when it says something else or of something else', async () => {
    const { events, record } = await aRecorder();
    await record();
    await record(group(), { message: 'otherwise' });
    await record(group('h'));
    expect(events.map(({ note, regarding }) => [note, (regarding as At).name])).toEqual([
      ['made it', 'g'],
      ['otherwise', 'g'],
      ['made it', 'h'],
    ]);
  });

  it('is an event anew when the server has forgotten the first', async () => {
    const { events, failures, record, lines } = await aRecorder();
    await record();
    failures.push(new KubeError({ status: 404, reason: 'NotFound', message: 'gone' }));
    await record();
    expect(events).toHaveLength(2);
    expect(events[1]?.series?.count).toBe(2);
    expect(lines).toEqual([]);
  });
});

describe('an object', () => {
  it('is told of so often and no more, however much its events differ', async () => {
    const { clock, events, record, count } = await aRecorder();
    for (let times = 0; times < 100; times += 1) await record(group(), { message: `try ${times}` });
    expect(events).toHaveLength(25);
    expect(await count('limited')).toBe(75);
    await record(group('h'));
    expect(events).toHaveLength(26);
    await clock.advance(300_000);
    await record(group(), { message: 'later' });
    expect(events).toHaveLength(27);
  });
});

describe('a server that is away', () => {
  it('is told a little later', async () => {
    const { clock, events, failures, record, lines } = await aRecorder();
    const away = new KubeError({ status: 503, reason: 'ServiceUnavailable', message: 'away' });
    failures.push(away, away);
    await record();
    await clock.advance(1000);
    expect(events).toHaveLength(0);
    await clock.advance(2000);
    expect(events).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  it('is not told for ever, and never what it refuses', async () => {
    const { clock, failures, record, lines, count } = await aRecorder();
    failures.push(
      ...Array.from({ length: 4 }, () => new KubeError({ status: 0, reason: 'Unreachable', message: 'away' })),
    );
    await record();
    for (let times = 0; times < 10; times += 1) await clock.advance(1000);
    failures.push(new KubeError({ status: 422, reason: 'Invalid', message: 'odd' }));
    await record(group('h'));
    expect(lines).toEqual(['cannot record an event: away', 'cannot record an event: odd']);
    expect(await count('failed')).toBe(2);
  });

  it('is told the rest when the recorder stops', async () => {
    const { events, patches, recorder, record, stop, running } = await aRecorder();
    await record();
    await record();
    await record();
    recorder.record(group('late'), facts);
    stop.abort();
    await running;
    expect(events).toHaveLength(2);
    expect(patches.at(-1)?.patch).toMatchObject({ series: { count: 3 } });
  });
});

describe('more than can be remembered', () => {
  const MAX = 4096;
  const names = (prefix: string, length: number) => Array.from({ length }, (_, index) => `${prefix}${index}`);

  it('loses what the server knows already, without a word', async () => {
    const { events, record, recorder, count, clock, lines } = await aRecorder();
    await record(group('told'));
    for (const name of names('g', MAX)) recorder.record(group(name), facts);
    await clock.advance(0);
    expect(events).toHaveLength(1 + MAX);
    expect(await count('dropped')).toBe(0);
    await record(group('told'));
    expect(events).toHaveLength(2 + MAX);
    expect(lines).toEqual([]);
  });

  it('loses the oldest that was not sent, counts it, and says so once a minute', async () => {
    const { events, record, recorder, count, clock, lines } = await aRecorder();
    await record(group('told'));
    for (const name of names('g', MAX + 3)) recorder.record(group(name), facts);
    expect(await count('dropped')).toBe(3);
    expect(lines).toEqual(['events were dropped before they could be sent, 1 of them since this was last said']);
    await clock.advance(60_000);
    const told = events.map(({ regarding }) => (regarding as At).name);
    expect(told).toEqual(['told', ...names('g', MAX + 3).slice(3)]);
    for (const name of names('h', MAX + 1)) recorder.record(group(name), facts);
    expect(await count('dropped')).toBe(4);
    expect(lines[1]).toBe('events were dropped before they could be sent, 3 of them since this was last said');
    expect(lines).toHaveLength(2);
  });
});
