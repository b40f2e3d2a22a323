import { expect, it } from 'vitest';
import { readConfig } from '../config/read-config.ts';
import { TracingConfig, tracingSettings } from './tracing-config.ts';

const settingsFrom = (env: Record<string, string>) => tracingSettings(readConfig(TracingConfig, env));

it('traces nothing unless it is told where to', () => {
  expect(settingsFrom({})).toEqual({ ratio: 0.01 });
});

it('sends spans with the key that it is given', () => {
  expect(settingsFrom({ TRACE_URL: 'http://ingestd:8080', TRACE_KEY: 'cwi_x', TRACE_RATIO: '1' })).toEqual({
    endpoint: 'http://ingestd:8080',
    headers: { authorization: 'Bearer cwi_x' },
    ratio: 1,
  });
});
