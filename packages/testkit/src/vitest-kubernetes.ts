/** Vitest's global setup for the projects that need Kubernetes: they share one control plane, which starts with the first. */
import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import type * as shared from './shared-kubernetes.ts';
import type { Missing } from './shared-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    kubernetes: shared.SharedKubernetes | Missing;
  }
}

/** By Node itself: vitest would load the module once per project, and it is what they share. */
const { sharedKubernetes } = createRequire(import.meta.url)('./shared-kubernetes.ts') as typeof shared;

export async function setup(project: TestProject): Promise<void> {
  const { value } = await sharedKubernetes.use();
  project.provide('kubernetes', value);
}

export const teardown = sharedKubernetes.leave;
