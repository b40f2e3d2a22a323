/**
 * One PostgreSQL server for a whole test run: the one of TEST_DATABASE_URL, whose user must be allowed to make databases,
 * or one of the test backends. Its template database is migrated once; tests copy it.
 */
import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, migrate } from '@chatwarden/store';
import { chooseBackends } from './backends/index.ts';
import { startForAll } from './start-for-all.ts';

interface SharedPostgres {
  /** Of a database that stays empty; others are made beside it. */
  adminUrl: string;
  /** Name of the migrated database. */
  template: string;
  stop(): Promise<void>;
}

export const sharedPostgres = startForAll(startSharedPostgres, ({ stop }) => stop());

async function startSharedPostgres(): Promise<SharedPostgres> {
  const { url, remove } = await startServer();
  const template = `chatwarden_template_${randomBytes(4).toString('hex')}`;
  await migrate(await createDatabase(url, { name: template }));
  const stop = async () => {
    await dropDatabase(url, template);
    await remove();
  };
  return { adminUrl: url, template, stop };
}

async function startServer(): Promise<{ url: string; remove(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return { url: given, remove: async () => undefined };
  return (await chooseBackends(process.env)).postgres();
}
