/** alertd's roles on a real PostgreSQL and the in-process bus, with a classifier that tests steer by a word. */
import { createMetrics, NO_TRACING, silentLogger, type Tracer } from '@chatwarden/daemon';
import type { Model } from '@chatwarden/detector';
import { createPostgresLogStore } from '@chatwarden/logstore';
import type { Store } from '@chatwarden/store';
import { anEvent, type EventParts } from '@chatwarden/testkit';
import { onTestFinished } from 'vitest';
import { wire, type AlertdConfig } from '../src/index.ts';
import { aWorld } from './a-world.ts';

const service = { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } };

/** Sure of everything that says "casino", and that all else is ordinary talk. */
export const aModel: Model = {
  id: 'test',
  prior: 0.5,
  trainedOn: 'nothing',
  classify: ({ folded }) => ({ logit: folded.text.includes('casino') ? 8 : -4, covered: true, reason: 'test' }),
};

/** Cannot tell, as with a text of a kind that it never learned. */
export const INDIFFERENT: Model = { ...aModel, classify: () => ({ logit: 0, covered: true, reason: 'test' }) };

/** Without a language model. */
export const ALERTD_CONFIG: AlertdConfig = {
  JOURNAL_SAMPLE: 'all',
  HISTORY_DAYS: 180,
  LLM_TIMEOUT_MS: 20_000,
  LLM_CONCURRENCY: 2,
  LLM_DAILY_MAX: 200,
};

export async function aRunningAlertd(
  change: (store: Store) => Store = (store) => store,
  config: Partial<AlertdConfig> & { model?: Model; tracer?: Tracer } = {},
) {
  const { model = aModel, tracer = NO_TRACING, ...settings } = config;
  const { clock, store: opened, keys, bus, groupId, revision, seeVerdicts } = await aWorld();
  const store = change(opened);
  const logStore = createPostgresLogStore({ sql: opened.sql, clock, keepDays: 7 });
  const metrics = createMetrics({ service, processMetrics: false });
  const source = { service, labels: {} };
  const detector = { version: '0.0.0', model: 'test' };
  const log = silentLogger();
  const alertd = wire(
    { bus, store, logStore, keys, model, detector, clock, log, metrics, tracer, source, keepDays: 7 },
    { ...ALERTD_CONFIG, ...settings },
  );
  await alertd.start();
  onTestFinished(() => alertd.stop());
  const verdicts = await seeVerdicts();
  const event = (parts: EventParts) => anEvent({ groupId, revision, ...parts });
  return { store, clock, keys, bus, logStore, verdicts, groupId, revision, event, metrics };
}
