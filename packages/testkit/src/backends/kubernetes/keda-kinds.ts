/** The kinds of KEDA as its own release defines them, so that a real API server checks what is made for it. */
import { join } from 'node:path';
import { GO_MODULES } from './binaries.ts';
import { moduleFolder, requireGo } from './go.ts';
import type { Kubectl } from './kubectl.ts';

/** Folder of their definitions, YAML; downloads KEDA's sources once. */
export async function kedaKindsFolder(env: NodeJS.ProcessEnv): Promise<string> {
  requireGo(env);
  const sources = await moduleFolder(join(GO_MODULES, 'keda'), 'github.com/kedacore/keda/v2', env);
  return join(sources, 'config', 'crd', 'bases');
}

/** Resolves when the cluster serves them. */
export async function installKedaKinds(kubectl: Kubectl, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = await kedaKindsFolder(env);
  await kubectl(['apply', '--server-side', '--filename', folder]);
  await kubectl(['wait', '--for=condition=Established', '--timeout=30s', '--filename', folder]);
}
