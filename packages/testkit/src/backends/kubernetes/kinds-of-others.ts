/** Kinds of other projects as their own releases define them, so that a real API server checks what is made for them. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GO_MODULES } from './binaries.ts';
import { moduleFolder, requireGo } from './go.ts';
import type { Kubectl } from './kubectl.ts';

interface Release {
  /** Of its kinds, as `kubectl api-versions` prints it. */
  apiVersion: string;
  /** Folder in go/, whose go.mod names the version. */
  module: string;
  path: string;
  /** Where the definitions stand in its sources: folders, or YAML files. */
  definitions: readonly string[];
}

const KEDA: Release = {
  apiVersion: 'keda.sh/v1alpha1',
  module: 'keda',
  path: 'github.com/kedacore/keda/v2',
  definitions: ['config/crd/bases'],
};

const PROMETHEUS: Release = {
  apiVersion: 'monitoring.coreos.com/v1',
  module: 'prometheus-operator',
  path: 'github.com/prometheus-operator/prometheus-operator',
  definitions: ['podmonitors', 'prometheusrules'].map(
    (kind) => `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`,
  ),
};

/** Resolves when the cluster serves ScaledObject and the other kinds of KEDA; downloads KEDA's sources once. */
export const installKedaKinds = installer(KEDA);
/** Likewise PodMonitor and PrometheusRule. */
export const installPrometheusKinds = installer(PROMETHEUS);

function installer({ apiVersion, module, path, definitions }: Release) {
  return async (kubectl: Kubectl, env: NodeJS.ProcessEnv): Promise<void> => {
    requireGo(env);
    const sources = await moduleFolder(join(GO_MODULES, module), path, env);
    const files = definitions.flatMap((definition) => ['--filename', join(sources, definition)]);
    await kubectl(['apply', '--server-side', ...files]);
    await kubectl(['wait', '--for=condition=Established', '--timeout=30s', ...files]);
    await untilDiscovered(kubectl, apiVersion);
  };
}

const DISCOVERY_TRIES = 100;

/** Discovery learns of a kind a moment after it was established. */
async function untilDiscovered(kubectl: Kubectl, apiVersion: string): Promise<void> {
  for (let tries = 0; tries < DISCOVERY_TRIES; tries += 1) {
    const known = await kubectl(['api-versions']);
    if (known.split('\n').includes(apiVersion)) return;
    await delay(100);
  }
  throw new Error(`the cluster does not serve ${apiVersion}`);
}
