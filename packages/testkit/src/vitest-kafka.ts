/** Vitest's global setup for the projects that need Kafka: they share one server, which starts with the first. */
import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import type * as servers from './shared-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    kafka: { brokers: string } | servers.Missing;
  }
}

/** By Node itself: vitest would load the module once per project, and it is what they share. */
const { sharedKafka } = createRequire(import.meta.url)('./shared-servers.ts') as typeof servers;

export async function setup(project: TestProject): Promise<void> {
  const { value } = await sharedKafka.use();
  project.provide('kafka', value);
}

export const teardown = sharedKafka.leave;
