import type { Clock } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import type { KubeClient } from '../client.ts';
import type { KubeLog } from '../log.ts';
import type { KubeObject } from '../objects.ts';
import type { Resource } from '../resources.ts';

export interface InformerOptions<T extends KubeObject> {
  client: Pick<KubeClient, 'list' | 'watch' | 'serves'>;
  resource: Resource;
  /**
   * Of a kind that the cluster may lack: it has synced then, with nothing in it, and asks each minute whether the kind
   * has come. When the kind goes again, so does what was in the cache.
   */
  optional?: boolean;
  /** All of the cluster when absent; each has a list and a watch of its own. */
  namespaces?: readonly string[] | undefined;
  labelSelector?: string;
  fieldSelector?: string;
  /** What is kept of each object, which may be changed in place. managedFields go in any case. */
  trim?: (object: T) => T;
  clock: Clock;
  log: KubeLog;
  registry?: Registry;
  /** In metrics and in the log; the plural of the kind when absent. */
  name?: string;
  /** Silence after which a watch is taken for dead; 23 s, since the server is asked to end it after 20 at most. */
  inactivityMs?: number;
  /** 0 to 1; Math.random. */
  random?: () => number;
}
