/** Databases for tests. Stands apart from the builders, since it loads the PostgreSQL client. */
import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase } from '@chatwarden/store';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own, with all tables unless `empty`. Needs the global setup of vitest-postgres.ts in the project's
 * vitest configuration.
 */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { adminUrl, template } = inject('postgres');
  const name = `chatwarden_test_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(adminUrl, empty ? { name } : { name, template });
  return { url, drop: () => dropDatabase(adminUrl, name) };
}
