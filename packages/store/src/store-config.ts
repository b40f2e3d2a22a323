import { Type, type Static } from 'typebox';
import { migrate } from './migrate.ts';
import { openStore, type PostgresStore, type StoreOptions } from './open-store.ts';

/** Settings of every service that uses the database. */
export const StoreConfig = Type.Object({
  DATABASE_URL: Type.String({
    description: 'the PostgreSQL that all services use, such as postgres://user:password@host:5432/chatwarden',
    secret: true,
  }),
  MIGRATE: Type.Boolean({
    default: true,
    description: 'bring the tables up to this release first; no where the user may not, and a job does it',
  }),
});
export type StoreConfig = Static<typeof StoreConfig>;

/** Migrates when told, and opens. Rejects with Failure `postgresAway` (later). */
export async function openConfiguredStore(
  { DATABASE_URL: url, MIGRATE }: StoreConfig,
  options: Omit<StoreOptions, 'url'>,
): Promise<PostgresStore> {
  if (MIGRATE) await migrate(url);
  return openStore({ ...options, url });
}
