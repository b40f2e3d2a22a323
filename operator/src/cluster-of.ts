/** Which cluster this is, so that operators that share a database know whose groups are whose. */
import { isKubeError, RESOURCES, type KubeClient } from '@chatwarden/kube';

/** Every cluster has it from its first to its last day, with a uid like no other's. */
export const OF_CLUSTER = 'kube-system';

/**
 * The uid of that namespace, or of the operator's own where its rights end there. Undefined where neither may be read.
 * Rejects when the API server is away.
 */
export async function clusterOf(client: Pick<KubeClient, 'get' | 'namespace'>): Promise<string | undefined> {
  for (const name of [OF_CLUSTER, client.namespace]) {
    try {
      const namespace = await client.get(RESOURCES.namespaces, { name });
      if (namespace?.metadata.uid !== undefined) return namespace.metadata.uid;
    } catch (error) {
      if (!isKubeError(error, 'Forbidden')) throw error;
    }
  }
  return undefined;
}
