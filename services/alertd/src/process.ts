/** alertd as a process of its own: opens the ports that its roles need. */
import { readFile } from 'node:fs/promises';
import { createConfiguredAdmin, openConfiguredBus } from '@chatwarden/bus';
import { clientIdOf, KEEP_DAYS } from '@chatwarden/contracts';
import type { ServiceFrame } from '@chatwarden/daemon';
import { decodeModel, DETECTOR_VERSION, MODEL_URL } from '@chatwarden/detector';
import { createFolderKeys } from '@chatwarden/keys';
import { openConfiguredLogStore } from '@chatwarden/logstore';
import { openConfiguredStore } from '@chatwarden/store';
import { rolesOf, type AlertdProcessConfig } from './config.ts';
import { createIngestPoster } from './journal/post.ts';
import { wire } from './wire.ts';

export async function start(frame: ServiceFrame<AlertdProcessConfig>): Promise<void> {
  const { config, service, clock, log, metrics, tracer, lifecycle, instance, open, readyWhen, fail } = frame;
  const store = await open('PostgreSQL', () => openConfiguredStore(config, { clock, log, holder: instance }));
  lifecycle.onStop('store', () => store.close());
  readyWhen('postgres', () => store.ping());
  const { COLOUR: colour } = config;
  const clientId = colour === undefined ? instance : clientIdOf(instance, colour);
  const topics = ['events', 'verdicts', 'actions'] as const;
  const bus = await open('Kafka', () =>
    openConfiguredBus(config, {
      clientId,
      topics,
      clock,
      log,
      registry: metrics.registry,
      onStuck: fail,
    }),
  );
  lifecycle.onStop('bus', () => bus.close());
  const admin = createConfiguredAdmin(config, { clientId, clock, log });
  lifecycle.onStop('Kafka admin', () => admin.close());
  const { logStore, spanStore, close } = openConfiguredLogStore(config, { ...store, clock, log, keepDays: KEEP_DAYS });
  lifecycle.onStop('log store', close);
  const { INGEST_URL: url, INGEST_KEY: key } = config;
  const door = url === undefined ? undefined : createIngestPoster({ url, key, clock });
  const model = decodeModel(await readFile(MODEL_URL));
  const alertd = wire(
    {
      bus,
      store,
      logStore,
      ...(door === undefined ? {} : { door }),
      keys: createFolderKeys({ dir: config.KEYS_DIR }),
      model,
      detector: { version: DETECTOR_VERSION, model: model.id },
      clock,
      log,
      metrics,
      tracer,
      spanStore,
      source: { service, labels: {} },
      keepDays: KEEP_DAYS,
      readyWhen,
      ...(colour === undefined ? {} : { turns: { colour, membersOf: admin.membersOf } }),
    },
    config,
    rolesOf(config),
  );
  await alertd.start();
  lifecycle.onStop('alertd', () => alertd.stop());
}
