/**
 * The database: one of the user's own, or a real PostgreSQL in DATA_DIR that lives and dies with this process. If the
 * embedded server crashes it is started again on its port; meanwhile nothing is confirmed to Telegram.
 */
import { join } from 'node:path';
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { Lifecycle, Logger } from '@chatwarden/daemon';
import { startPostgres, type RunningPostgres } from '@chatwarden/postgres-server';
import { migrate, openStore, type PostgresStore } from '@chatwarden/store';
import type { StandaloneConfig } from './config.ts';

export interface DatabaseDeps {
  config: StandaloneConfig;
  clock: Clock;
  log: Logger;
  lifecycle: Lifecycle;
  holderName: string;
}

const RESTART_WAIT_MS = 1000;

export async function openDatabase(deps: DatabaseDeps): Promise<PostgresStore> {
  const { config, clock, log, lifecycle, holderName } = deps;
  const url = config.DATABASE_URL ?? (await startEmbedded(deps));
  await migrate(url);
  const store = await openStore({ url, clock, log, holder: holderName });
  lifecycle.onStop('store', () => store.close());
  return store;
}

async function startEmbedded({ config, clock, log, lifecycle }: DatabaseDeps): Promise<string> {
  const dataDir = join(config.DATA_DIR, 'postgres');
  const serverLog = (line: string) => log.debug(`postgres: ${line}`);
  let server: RunningPostgres = await startPostgres({ dataDir, log: serverLog });
  const { port, url } = server;
  const stopping = new AbortController();

  async function supervise(): Promise<void> {
    while (!stopping.signal.aborted) {
      await server.exited;
      while (!stopping.signal.aborted) {
        log.error('PostgreSQL has stopped; starting it again, Telegram keeps the updates meanwhile');
        try {
          server = await startPostgres({ dataDir, port, log: serverLog });
          break;
        } catch (error) {
          log.error({ err: error }, `PostgreSQL does not start: ${messageOf(error)}`);
          await clock.sleep(RESTART_WAIT_MS, stopping.signal);
        }
      }
    }
  }

  const supervised = supervise();
  lifecycle.onStop('PostgreSQL', async () => {
    stopping.abort();
    await server.stop();
    await supervised;
  });
  return url;
}
