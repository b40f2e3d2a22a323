/** A PostgreSQL of its own in a temporary folder, with its usual durability. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@chatwarden/postgres-server';
import { migrate, openStore, type Sql } from '@chatwarden/store';
import { manualClock } from '@chatwarden/testkit';

export async function openDatabase(): Promise<{ sql: Sql; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-load-'));
  // The server may run as another user, who has to get through.
  chmodSync(folder, 0o711);
  const server = await startPostgres({ dataDir: join(folder, 'data') });
  await migrate(server.url);
  const store = await openStore({ url: server.url, clock: manualClock() });
  const close = async () => {
    await store.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { sql: store.sql, close };
}
