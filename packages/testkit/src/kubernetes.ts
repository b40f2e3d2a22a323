/** Kubernetes for tests. Needs the global setup of vitest-kubernetes.ts in the project's vitest configuration. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { AUTHORITY, authorityOf, type Identity } from './backends/kubernetes/certificates.ts';
import { installKedaKinds, installPrometheusKinds } from './backends/kubernetes/kinds-of-others.ts';
import { createKubectl, type Kubectl } from './backends/kubernetes/kubectl.ts';
import { writeKubeconfig, type Access } from './backends/kubernetes/kubeconfig.ts';
import { makePrefix } from './prefix.ts';
import type { SharedKubernetes } from './shared-kubernetes.ts';

export interface TestKubernetes {
  url: string;
  /** Whom to trust: path of a PEM file. */
  caFile: string;
  /** Path, of one who may do everything. */
  kubeconfig: string;
  kubectl: Kubectl;
  /** Path of kubectl itself. */
  kubectlProgram: string;
  /** A namespace of its own, whose service account `default` is there. It goes with the run. */
  makeNamespace(): Promise<string>;
  /** Makes the cluster know ScaledObject and the other kinds of KEDA, for all tests of the run. */
  installKedaKinds(): Promise<void>;
  /** Likewise PodMonitor and PrometheusRule. */
  installPrometheusKinds(): Promise<void>;
  /** Path of a file for a user of this name and groups, by client certificate. */
  kubeconfigFor(identity: Identity): string;
  /** Path of a file for a service account, by a token of an hour. */
  kubeconfigForAccount(account: { namespace: string; name: string }): Promise<string>;
}

/** For `describe.skipIf(!hasKubernetes())('... (needs Kubernetes)')`. */
export function hasKubernetes(): boolean {
  return 'kubeconfig' in inject('kubernetes');
}

export function testKubernetes(): TestKubernetes {
  const shared = inject('kubernetes');
  if ('missing' in shared) throw new Error(shared.missing);
  const { url, folder, kubeconfig, kubectlProgram, label } = shared;
  const cacheFolder = join(folder, 'kubectl');
  const kubectl = createKubectl({ program: kubectlProgram, kubeconfig, cacheFolder });
  const makeNamespace = async () => {
    const name = `${makePrefix()}test`;
    const [key = '', value = ''] = label.split('=');
    const metadata = { name, labels: { [key]: value } };
    await kubectl(['create', '-f', '-'], { input: { apiVersion: 'v1', kind: 'Namespace', metadata } });
    await kubectl(['wait', '--for=create', 'serviceaccount/default', '--namespace', name, '--timeout=30s']);
    return name;
  };
  const kubeconfigForAccount: TestKubernetes['kubeconfigForAccount'] = async ({ namespace, name }) => {
    const token = await kubectl(['create', 'token', name, '--namespace', namespace]);
    return writeAccess(shared, { token: token.trim() });
  };
  const kubeconfigFor = (identity: Identity) => writeAccess(shared, certify(folder, identity));
  const caFile = join(folder, 'ca.pem');
  return {
    url,
    caFile,
    kubeconfig,
    kubectl,
    kubectlProgram,
    makeNamespace,
    installKedaKinds: () => installKedaKinds(kubectl, process.env),
    installPrometheusKinds: () => installPrometheusKinds(kubectl, process.env),
    kubeconfigFor,
    kubeconfigForAccount,
  };
}

function certify(folder: string, identity: Identity) {
  const [certificate, key] = [join(folder, 'ca.pem'), join(folder, 'ca.key')];
  if (!existsSync(key)) throw new Error('the cluster of TEST_KUBECONFIG gives us no certificates');
  const authority = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  return authorityOf(authority, AUTHORITY).issue(identity);
}

function writeAccess({ folder, url }: SharedKubernetes, user: Access['user']): string {
  const file = join(folder, `user-${randomBytes(6).toString('hex')}.kubeconfig`);
  return writeKubeconfig(file, { url, ca: readFileSync(join(folder, 'ca.pem'), 'utf8'), user });
}
