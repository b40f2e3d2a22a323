import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import { toFailure } from './sql/to-failure.ts';

const MIGRATIONS_DIR = join(import.meta.dirname, '..', 'migrations');

/**
 * Brings the database's tables up to this release, and resolves to the names of what was run. Of several processes at
 * once one migrates and the others wait for it. Rejects with Failure `postgresAway` (later).
 */
export async function migrate(url: string, log: (line: string) => void = () => undefined): Promise<string[]> {
  try {
    const done = await runner({
      databaseUrl: { connectionString: url, application_name: 'chatwarden migrate' },
      dir: MIGRATIONS_DIR,
      direction: 'up',
      migrationsTable: 'pgmigrations',
      advisoryLockMode: 'wait',
      log,
    });
    return done.map((migration) => migration.name);
  } catch (error) {
    throw toFailure(error);
  }
}
