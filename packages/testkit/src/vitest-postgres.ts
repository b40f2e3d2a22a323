/** Vitest's global setup for the projects that need PostgreSQL: they share one server, which starts with the first. */
import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import type * as shared from './shared-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminUrl: string; template: string };
  }
}

/** By Node itself: vitest would load the module once per project, and it is what they share. */
const { sharedPostgres } = createRequire(import.meta.url)('./shared-postgres.ts') as typeof shared;

export async function setup(project: TestProject): Promise<void> {
  const { adminUrl, template } = await sharedPostgres.use();
  project.provide('postgres', { adminUrl, template });
}

export const teardown = sharedPostgres.leave;
