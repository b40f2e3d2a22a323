import { readConfig } from '@chatwarden/daemon';
import { expect, test } from 'vitest';
import { AlertdProcessConfig, refuseLoneColour } from './config.ts';

const ENOUGH = { DATABASE_URL: 'postgres://db', KAFKA_BROKERS: 'kafka:9092', KEYS_DIR: '/keys' };
const EVENTS_OF = 'g0123456789abcdef';

test('a colour is for the detector of one group', () => {
  const read = (env: Record<string, string>) => readConfig(AlertdProcessConfig, { ...ENOUGH, ...env });
  expect(() => refuseLoneColour(read({ COLOUR: 'green' }))).toThrow('COLOUR: is set, but EVENTS_OF is not');
  const [coloured, plain] = [read({ COLOUR: 'green', EVENTS_OF }), read({})];
  expect([coloured.COLOUR, plain.COLOUR]).toEqual(['green', undefined]);
  for (const config of [coloured, plain]) expect(() => refuseLoneColour(config)).not.toThrow();
  expect(() => read({ COLOUR: 'red', EVENTS_OF })).toThrow('COLOUR');
});
