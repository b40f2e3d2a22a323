/**
 * One PostgreSQL server for a whole test run: the one of TEST_DATABASE_URL, whose user must be allowed to make databases,
 * or an embedded one in a temporary folder. Its template database is migrated once; tests copy it.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@chatwarden/postgres-server';
import { createDatabase, dropDatabase, migrate } from '@chatwarden/store';

export interface SharedPostgres {
  /** Of a database that stays empty; others are made beside it. */
  adminUrl: string;
  /** Name of the migrated database. */
  template: string;
  stop(): Promise<void>;
}

/** Tests lose nothing that matters in a crash, and so wait for no disk. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

let users = 0;
let running: Promise<SharedPostgres> | undefined;

/** Starts the server for the first who asks; it stops when as many have left. */
export async function useSharedPostgres(): Promise<SharedPostgres> {
  users += 1;
  return (running ??= startSharedPostgres());
}

export async function leaveSharedPostgres(): Promise<void> {
  users -= 1;
  if (users > 0 || !running) return;
  const ending = running;
  running = undefined;
  const { stop } = await ending;
  await stop();
}

async function startSharedPostgres(): Promise<SharedPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startEmbedded() : { url: given, stop: async () => undefined };
  const template = `chatwarden_template_${randomBytes(4).toString('hex')}`;
  await migrate(await createDatabase(server.url, { name: template }));
  const stop = async () => {
    await dropDatabase(server.url, template);
    await server.stop();
  };
  return { adminUrl: server.url, template, stop };
}

async function startEmbedded() {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-test-postgres-'));
  // The server may run as another user, who has to get through.
  chmodSync(folder, 0o711);
  const server = await startPostgres({ dataDir: join(folder, 'data'), settings: FAST });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}
