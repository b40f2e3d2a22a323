import { createLogger, runDaemon, systemClock, untilAborted } from '@chatwarden/daemon';
import { createPostgresLogStore } from '@chatwarden/logstore';
import { openStore } from '@chatwarden/store';
import { readProcessConfig, SERVICE } from './config.ts';
import { wire } from './wire.ts';

process.exitCode = await runDaemon('api', async ({ signal, lifecycle, logTo }) => {
  const { DATABASE_URL: url, ...config } = readProcessConfig();
  const log = createLogger({ service: SERVICE, level: 'info' });
  logTo(log);
  const store = await openStore({ url, clock: systemClock(), log });
  lifecycle.onStop('store', () => store.close());
  const logStore = createPostgresLogStore({ sql: store.sql, clock: systemClock(), keepDays: 7 });
  const api = wire({ groups: store.groups, logStore, clock: systemClock(), log }, config);
  lifecycle.onStop('api', () => api.close());
  log.info(`listening on ${(await api.listen()).url}`);
  await untilAborted(signal);
});
