/** Kinds of other projects as their own releases define them, so that a real API server checks what is made for them. */
import { join } from 'node:path';
import { GO_MODULES } from './binaries.ts';
import { moduleFolder, requireGo } from './go.ts';
import type { Kubectl } from './kubectl.ts';

interface Release {
  /** Folder in go/, whose go.mod names the version. */
  module: string;
  path: string;
  /** Where the definitions stand in its sources: folders, or YAML files. */
  definitions: readonly string[];
}

const KEDA: Release = { module: 'keda', path: 'github.com/kedacore/keda/v2', definitions: ['config/crd/bases'] };

const PROMETHEUS: Release = {
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

function installer({ module, path, definitions }: Release) {
  return async (kubectl: Kubectl, env: NodeJS.ProcessEnv): Promise<void> => {
    requireGo(env);
    const sources = await moduleFolder(join(GO_MODULES, module), path, env);
    const files = definitions.flatMap((definition) => ['--filename', join(sources, definition)]);
    await kubectl(['apply', '--server-side', ...files]);
    await kubectl(['wait', '--for=condition=Established', '--timeout=30s', ...files]);
  };
}
