/** What makes this machine a node: kubelet, which runs pods, and the scheduler, which sends them here. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, createProcessServer, writeKubeconfig } from '@chatwarden/testkit/backends/parts';
import type { KubernetesServer, Server } from '@chatwarden/testkit/backends';
import { freePort } from '@chatwarden/postgres-server';
import { GATEWAY, NODE_NAME, type Place } from './place.ts';

export interface NodeOptions {
  place: Place;
  kubernetes: KubernetesServer;
  ca: string;
  programs: Record<'kubelet' | 'kube-scheduler', string>;
}

export async function createScheduler({ place, kubernetes, ca, programs }: NodeOptions): Promise<Server> {
  const user = kubernetes.issue({ name: 'system:kube-scheduler', serves: ['127.0.0.1'] });
  const kubeconfig = writeKubeconfig(join(place.folder, 'scheduler.kubeconfig'), { url: kubernetes.url, ca, user });
  const port = await freePort();
  const [certificate, key] = writePair(place, 'scheduler', user);
  return createProcessServer({
    name: 'kube-scheduler',
    folder: place.logs,
    logName: 'kube-scheduler.log',
    program: programs['kube-scheduler'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${certificate}`,
      `--tls-private-key-file=${key}`,
    ],
    env: {},
    isReady: async () => (await ask({ url: `https://127.0.0.1:${port}/readyz`, ca })) === 200,
  });
}

export async function createKubelet({ place, kubernetes, ca, programs }: NodeOptions): Promise<Server> {
  const { folder, logs } = place;
  const name = `system:node:${NODE_NAME}`;
  const user = kubernetes.issue({ name, groups: ['system:nodes'], serves: [NODE_NAME, GATEWAY] });
  const kubeconfig = writeKubeconfig(join(folder, 'kubelet.kubeconfig'), { url: kubernetes.url, ca, user });
  const [tlsCertFile, tlsPrivateKeyFile] = writePair(place, 'kubelet', user);
  const ports = { port: await freePort(), healthzPort: await freePort() };
  const config = join(folder, 'kubelet.json');
  const caFile = join(kubernetes.folder, 'ca.pem');
  writeFileSync(config, JSON.stringify({ ...settingsOf(place, caFile), ...ports, tlsCertFile, tlsPrivateKeyFile }));
  return createProcessServer({
    name: 'kubelet',
    folder: logs,
    logName: 'kubelet.log',
    program: programs.kubelet,
    args: [
      `--config=${config}`,
      `--kubeconfig=${kubeconfig}`,
      `--root-dir=${join(folder, 'kubelet')}`,
      `--cert-dir=${join(folder, 'kubelet-certificates')}`,
      `--hostname-override=${NODE_NAME}`,
      `--node-ip=${GATEWAY}`,
    ],
    env: {},
    isReady: () => isNodeReady(kubernetes),
  });
}

async function isNodeReady({ kubectl }: KubernetesServer): Promise<boolean> {
  const condition = '{.status.conditions[?(@.type=="Ready")].status}';
  return kubectl(['get', `node/${NODE_NAME}`, `--output=jsonpath=${condition}`]).then(
    (status) => status === 'True',
    () => false,
  );
}

function settingsOf({ folder, containerdSocket }: Place, caFile: string) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: GATEWAY,
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: caFile } },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    podLogsDir: join(folder, 'pod-logs'),
    cgroupDriver: 'cgroupfs',
    failSwapOn: false,
    // Other work on this machine is not the node's to judge or to evict for.
    enforceNodeAllocatable: [],
    localStorageCapacityIsolation: false,
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
    // What can't be done everywhere: being spared by the kernel, and rules of its own.
    oomScoreAdj: 0,
    makeIPTablesUtilChains: false,
    nodeStatusUpdateFrequency: '2s',
    syncFrequency: '5s',
  };
}

function writePair({ folder }: Place, name: string, pair: { certificate: string; key: string }): [string, string] {
  const files: [string, string] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  writeFileSync(files[0], pair.certificate);
  writeFileSync(files[1], pair.key, { mode: 0o600 });
  return files;
}
