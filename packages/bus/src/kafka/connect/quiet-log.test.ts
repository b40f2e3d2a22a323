import type { LogEntry } from 'kafkajs';
import { expect, it } from 'vitest';
import { quietLog } from './quiet-log.ts';

const MINUTE_MS = 60_000;

function opened() {
  const said: { fields: object; message: string }[] = [];
  const say = (fields: object, message: string) => void said.push({ fields, message });
  let now = 0;
  const log = quietLog({ warn: say, error: say }, () => now);
  const tell = (message: string, fields: object = {}) =>
    log({ namespace: 'Connection', level: 1, label: 'ERROR', log: { timestamp: '', message, ...fields } } as LogEntry);
  return { said, tell, pass: (ms: number) => void (now += ms) };
}

it('drops what is everyday life of a cluster', () => {
  const { said, tell } = opened();
  tell('The group is rebalancing, re-joining');
  tell('Response Heartbeat(key: 12, version: 3)', { error: 'The group is rebalancing, so a rejoin is needed' });
  tell('Response GroupCoordinator(key: 10, version: 2)', { error: 'The group coordinator is not available' });
  expect(said).toEqual([]);
});

it('warns of the rest, and of the same only once a minute', () => {
  const { said, tell, pass } = opened();
  tell('Connection error: connect ECONNREFUSED', { broker: 'kafka-1:9092' });
  tell('Connection error: connect ECONNREFUSED', { broker: 'kafka-1:9092' });
  pass(MINUTE_MS);
  tell('Connection error: connect ECONNREFUSED', { broker: 'kafka-1:9092' });
  expect(said).toHaveLength(2);
  expect(said[0]).toEqual({
    message: 'kafkajs: Connection error: connect ECONNREFUSED',
    fields: { kafkajs: 'Connection', broker: 'kafka-1:9092' },
  });
});

it('is silent without a log, and forgets lines before they are too many', () => {
  const { said, tell } = opened();
  for (let line = 0; line < 150; line += 1) tell(`Failed ${line}`);
  tell('Failed 0');
  expect(said).toHaveLength(151);
  expect(() =>
    quietLog(undefined)({ namespace: '', level: 1, label: 'ERROR', log: { timestamp: '', message: '' } }),
  ).not.toThrow();
});
