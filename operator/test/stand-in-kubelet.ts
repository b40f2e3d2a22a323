/**
 * A node's part in tests that have no node: pods of the namespace run and are ready as soon as they are there, and are
 * gone when they are deleted. `hold` keeps those of a colour from getting ready.
 */
import { createInformer, RESOURCES, type KubeClient, type KubeObject } from '@chatwarden/kube';
import { systemClock } from '@chatwarden/daemon';
import { LABELS } from '../src/desired/names.ts';

interface Pod extends KubeObject {
  spec: { nodeName?: string; containers: { image: string }[] };
  status?: { phase?: string };
}

export interface StandInKubelet {
  /** Pods for which this is true do not get ready. */
  hold(keep: (pod: { colour: string; image: string }) => boolean): void;
  stop(): Promise<void>;
}

export function startKubelet(client: KubeClient, namespace: string): StandInKubelet {
  const stopping = new AbortController();
  let held: (pod: { colour: string; image: string }) => boolean = () => false;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const options = { client, resource: RESOURCES.pods, namespaces: [namespace], clock: systemClock(), log };
  const pods = createInformer<Pod>(options);

  async function run(pod: Pod): Promise<void> {
    const { name } = pod.metadata;
    if (pod.metadata.deletionTimestamp !== undefined) {
      await client.request({ method: 'DELETE', path: pathOf(namespace, name), body: NOW });
      return;
    }
    const colour = pod.metadata.labels?.[LABELS.colour] ?? '';
    const ready = !held({ colour, image: pod.spec.containers[0]?.image ?? '' });
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    const condition = (type: string, holds: boolean) => ({
      type,
      status: holds ? 'True' : 'False',
      lastTransitionTime: now,
    });
    const status = {
      phase: 'Running',
      startTime: pod.metadata.creationTimestamp,
      conditions: [
        condition('PodScheduled', true),
        condition('Initialized', true),
        condition('ContainersReady', ready),
        condition('Ready', ready),
      ],
    };
    await client.mergePatch(RESOURCES.pods, { name, namespace }, { patch: { status }, subresource: 'status' });
  }

  pods.onChange(({ type, object }) => {
    if (type === 'deleted' || (type === 'modified' && object.metadata.deletionTimestamp === undefined)) return;
    // A pod may be gone before it is answered for.
    void run(object).catch(() => undefined);
  });
  const running = pods.run(stopping.signal);
  return {
    hold: (keep) => {
      held = keep;
      for (const pod of pods.list()) void run(pod).catch(() => undefined);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

const NOW = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 };

function pathOf(namespace: string, name: string): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}
