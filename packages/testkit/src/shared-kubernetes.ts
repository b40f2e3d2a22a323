/**
 * One Kubernetes for a whole test run: that of TEST_KUBECONFIG, or a control plane of the test backends. KUBECONFIG alone is
 * not enough: whoever has it set for daily work does not mean that tests may make kinds and namespaces there.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseBackends } from './backends/index.ts';
import { prepareBinaries } from './backends/kubernetes/binaries.ts';
import { createKubectl, readAccess } from './backends/kubernetes/kubectl.ts';
import { makeServerFolder } from './backends/local/server-folder.ts';
import { makePrefix } from './prefix.ts';
import { share } from './shared-servers.ts';

export interface SharedKubernetes {
  url: string;
  kubeconfig: string;
  kubectlProgram: string;
  /** Holds `ca.pem`, for a cluster of our own `ca.key` too, and files of tests; it goes at the end of the run. */
  folder: string;
  /** Label of the namespaces of this run, `name=value`. */
  label: string;
}

export const sharedKubernetes = share<SharedKubernetes>('kubernetes', async () => {
  const label = `chatwarden.io/test-run=${makePrefix()}run`;
  const given = process.env['TEST_KUBECONFIG'];
  if (given !== undefined) return useGiven(given, label);
  const server = await (await chooseBackends(process.env)).kubernetes();
  const { url, kubeconfig, kubectlProgram, folder } = server;
  return { value: { url, kubeconfig, kubectlProgram, folder, label }, server };
});

async function useGiven(kubeconfig: string, label: string) {
  const { kubectl: program } = await prepareBinaries(['kubectl'], { env: process.env, say: console.log });
  const folder = makeServerFolder('kubernetes');
  const kubectl = createKubectl({ program, kubeconfig, cacheFolder: join(folder, 'kubectl') });
  const { url, ca } = await readAccess(kubectl);
  writeFileSync(join(folder, 'ca.pem'), ca);
  const remove = async () => {
    await kubectl(['delete', 'namespace', '--selector', label, '--wait=false']);
    rmSync(folder, { recursive: true, force: true });
  };
  const logTail = async () => `the cluster is that of ${kubeconfig}, and its logs are there`;
  return { value: { url, kubeconfig, kubectlProgram: program, folder, label }, server: { remove, logTail } };
}
