import { LogEvent } from '@chatwarden/contracts';
import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { completeEvent } from './complete-event.ts';

const ID = 'a'.repeat(32);
const valid = Compile(LogEvent);
const least = { '@timestamp': '2026-11-24T12:00:00Z', service: { name: 'shop' } };

it('makes the least that may be sent a LogEvent', () => {
  const event = completeEvent(ID, least);
  expect(valid.Check(event)).toBe(true);
  expect(event).toMatchObject({
    '@timestamp': least['@timestamp'],
    message: '',
    event: { id: ID, kind: 'event', dataset: 'shop', provider: 'shop', created: least['@timestamp'] },
    service: { name: 'shop' },
    log: { level: 'info' },
  });
});

it('keeps what was said', () => {
  const said = {
    ...least,
    message: 'order placed',
    ecs: { version: '1.0.0' },
    event: { id: ID, kind: 'alert', category: 'web', type: ['start'], action: 'order', dataset: 'shop.orders' },
    service: { name: 'shop', version: '2', environment: 'test', node: { name: 'here' } },
    log: { level: 'ERROR', logger: 'orders', file: 'a.ts' },
    trace: { id: 't' },
    labels: { team: 'a', count: 3, beta: true },
    http: { request: { method: 'GET' } },
  };
  const event = completeEvent(ID, said);
  expect(valid.Check(event)).toBe(true);
  expect(event).toMatchObject({
    ...said,
    event: { ...said.event, category: ['web'] },
    log: { ...said.log, level: 'error' },
    labels: { team: 'a', count: '3', beta: 'true' },
  });
});

it.each([
  ['warning', 'warn'],
  ['CRITICAL', 'fatal'],
  ['odd', 'info'],
])('reads the level %s as %s', (level, expected) => {
  expect(completeEvent(ID, { ...least, log: { level } }).log.level).toBe(expected);
});

it('keeps an id of another form as a label', () => {
  const event = completeEvent(ID, { ...least, event: { id: 'order 7' } });
  expect([event.event.id, event.labels]).toEqual([ID, { 'event.id': 'order 7' }]);
});
