// A whole Kubernetes on this machine, which runs pods: built from source, nothing pulled. Kafka and PostgreSQL stand beside
// it where pods reach them. Started in order, with a line for each step; `remove` takes all of it away.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chooseBackends,
  type KafkaServer,
  type KubernetesServer,
  type PostgresServer,
} from '@chatwarden/testkit/backends';
import { AUTOSCALER, CONTROL_PLANE, NODE, prepareBinaries } from '@chatwarden/testkit/backends/parts';
import { claimMachine } from './claim-machine.ts';
import { createContainerd, importImage, makeBridge, PAUSE_IMAGE } from './containerd.ts';
import { packPause, packServices, type ServiceImage } from './images.ts';
import { createKeda, untilMetricsAreServed } from './keda.ts';
import { createKubelet, createScheduler } from './node.ts';
import { GATEWAY, type Place } from './place.ts';
import { seeToPackages } from './debian-packages.ts';
import { makePodsSmall, POLICY_FLAGS } from './small-pods.ts';

export interface Cluster {
  kubernetes: KubernetesServer;
  kafka: KafkaServer;
  postgres: PostgresServer;
  /** What pods reach this machine by. */
  address: string;
  /** Logs of the node's processes are in its `logs`. */
  place: Place;
  remove(): Promise<void>;
}

export interface ClusterOptions {
  images: readonly ServiceImage[];
  /** Unless told: yes. */
  withKeda?: boolean;
  say?: (line: string) => void;
}

/** Volumes are bound when somebody waits for them, not a quarter of a minute later. */
const QUICK = ['--pvclaimbinder-sync-period=1s'];

export async function startCluster({
  images,
  withKeda = true,
  say: print = console.log,
}: ClusterOptions): Promise<Cluster> {
  const startedAt = performance.now();
  const say = (line: string) => print(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  seeToPackages(say);
  const programs = await prepareBinaries([...CONTROL_PLANE, ...NODE, ...(withKeda ? AUTOSCALER : [])], {
    env: process.env,
    say,
  });
  const { place, release } = await claimMachine(say);
  const ends: (() => Promise<void>)[] = [release];
  const remove = async () => {
    for (const end of ends.toReversed()) await end();
  };
  const running = async <T extends { remove(): Promise<void> }>(name: string, starting: Promise<T>): Promise<T> => {
    const server = await starting;
    ends.push(() => server.remove());
    say(`${name} runs`);
    return server;
  };
  try {
    makeBridge();
    const backends = await chooseBackends({ ...process.env, TEST_BACKENDS: 'local' });
    const kafka = await running('Kafka', backends.kafka({ host: GATEWAY }));
    const postgres = await running('PostgreSQL', backends.postgres({ host: GATEWAY }));
    const kubernetes = await running(
      'the control plane',
      backends.kubernetes({ address: GATEWAY, more: { apiServer: POLICY_FLAGS, controllerManager: QUICK } }),
    );
    await makePodsSmall(kubernetes.kubectl);
    const ca = readFileSync(join(kubernetes.folder, 'ca.pem'), 'utf8');
    const started = async (name: string, server: Awaited<ReturnType<typeof createKubelet>>) => {
      ends.push(() => server.kill());
      await server.start();
      say(`${name} runs`);
    };
    await started('containerd', createContainerd(place));
    await importImages(place, images, say);
    say(`images are there: ${images.flatMap(({ names }) => names).join(', ')}`);
    const options = { place, kubernetes, ca, programs };
    await started('kube-scheduler', await createScheduler(options));
    await started('kubelet', await createKubelet(options));
    if (withKeda) {
      const keda = await createKeda({ place, kubernetes, programs });
      await started('KEDA operator', keda.operator);
      await started('KEDA adapter', keda.adapter);
      await untilMetricsAreServed(kubernetes);
      say("KEDA's numbers are served");
    }
    return { kubernetes, kafka, postgres, address: GATEWAY, place, remove };
  } catch (error) {
    say('the cluster does not start: taking away what runs');
    await remove();
    throw error;
  }
}

async function importImages(place: Place, images: readonly ServiceImage[], say: (line: string) => void): Promise<void> {
  const pause = join(place.folder, 'pause.tar');
  await packPause(pause, PAUSE_IMAGE);
  const archives = await packServices(images, { folder: place.folder, say });
  for (const archive of [pause, ...archives]) importImage(place, archive);
}
