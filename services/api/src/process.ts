/** The API as a process of its own. */
import { KEEP_DAYS } from '@chatwarden/contracts';
import type { ServiceFrame } from '@chatwarden/daemon';
import { openConfiguredLogStore } from '@chatwarden/logstore';
import { openConfiguredStore } from '@chatwarden/store';
import type { ApiProcessConfig } from './config.ts';
import { wire } from './wire.ts';

export async function start(frame: ServiceFrame<ApiProcessConfig>): Promise<void> {
  const { config, clock, log, metrics, lifecycle, instance, open, readyWhen } = frame;
  const store = await open('PostgreSQL', () => openConfiguredStore(config, { clock, log, holder: instance }));
  lifecycle.onStop('store', () => store.close());
  readyWhen('postgres', () => store.ping());
  const { shown: logStore, close } = openConfiguredLogStore(config, { ...store, clock, log, keepDays: KEEP_DAYS });
  lifecycle.onStop('log store', close);
  const api = wire({ groups: store.groups, logStore, clock, log, metrics }, config);
  lifecycle.onStop('api', () => api.close());
  log.info(`listening on ${(await api.listen()).url}`);
}
