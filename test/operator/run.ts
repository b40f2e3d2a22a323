// `make test-operator`: the tests of the operator and of its client, on a Kubernetes that is built here the first time, about
// ten minutes on two cores. KUBECONFIG, when it is set, is taken as meant for this: the tests make kinds and namespaces
// there. KUBEBUILDER_ASSETS names a folder of programs that are there already. The last line is the sum, as in `make test`.
import { MissingTool } from '@chatwarden/testkit/backends';
import { CONTROL_PLANE, prepareBinaries } from '@chatwarden/testkit/backends/parts';
import { runVitest } from '../../tools/test-run/run-vitest.ts';

const given = process.env['KUBECONFIG'] || undefined;
if (given !== undefined) console.log(`on the cluster of KUBECONFIG=${given}`);
const names = given === undefined ? CONTROL_PLANE : (['kubectl'] as const);
await prepareBinaries(names, { env: process.env, say: console.log }).catch((error: unknown) => {
  if (!(error instanceof MissingTool)) throw error;
});
const env: Record<string, string> = given === undefined ? {} : { TEST_KUBECONFIG: given };
process.exitCode = (await runVitest({ args: ['--project=kube', '--project=operator'], env })) ? 0 : 1;
