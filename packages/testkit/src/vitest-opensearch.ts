/** Vitest's global setup for the projects that need OpenSearch: they share one server, which starts with the first. */
import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import type * as servers from './shared-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    opensearch: { url: string } | servers.Missing;
  }
}

/** By Node itself: vitest would load the module once per project, and it is what they share. */
const { sharedOpenSearch } = createRequire(import.meta.url)('./shared-servers.ts') as typeof servers;

export async function setup(project: TestProject): Promise<void> {
  const { value } = await sharedOpenSearch.use();
  project.provide('opensearch', value);
}

export const teardown = sharedOpenSearch.leave;
