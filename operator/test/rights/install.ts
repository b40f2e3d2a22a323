/** The shipped installs in the cluster of the tests, beside those of other tests: what is of the whole cluster is renamed. */
import { testKubernetes } from '@chatwarden/testkit/kubernetes';
import { buildClusterInstall, buildNamespacedInstall, OPERATOR, type InstallObject } from '../../src/install/index.ts';
import { documents, installKind } from '../schema/kind.ts';

const options = (namespace: string) => ({ namespace, image: 'chatwarden/operator:test', settings: {} });

export interface Installed {
  /** Of the operator. */
  namespace: string;
  /** Path, of the operator's service account. */
  kubeconfig: string;
}

export async function installForCluster(): Promise<Installed> {
  const namespace = await prepare();
  return install(namespace, buildClusterInstall(options(namespace)));
}

export async function installForNamespaces(watched: readonly string[]): Promise<Installed> {
  const namespace = await prepare();
  return install(namespace, buildNamespacedInstall(options(namespace), watched));
}

async function prepare(): Promise<string> {
  await installKind();
  return testKubernetes().makeNamespace();
}

async function install(namespace: string, objects: readonly InstallObject[]): Promise<Installed> {
  const { kubectl, kubeconfigForAccount } = testKubernetes();
  const input = documents(objects.map((object) => apart(object, namespace)));
  await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input });
  return { namespace, kubeconfig: await kubeconfigForAccount({ namespace, name: OPERATOR }) };
}

function apart(object: InstallObject, suffix: string): InstallObject {
  if (!object.kind.startsWith('ClusterRole')) return object;
  const name = `${object.metadata.name}-${suffix}`;
  const roleRef = object['roleRef'] as object | undefined;
  return { ...object, metadata: { ...object.metadata, name }, ...(roleRef ? { roleRef: { ...roleRef, name } } : {}) };
}
