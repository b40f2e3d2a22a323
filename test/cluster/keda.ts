// KEDA as two processes of this machine: the operator, which reads lag and makes autoscalers, and the adapter, from which
// Kubernetes' own autoscaler asks for the numbers. The API server reaches the adapter as a service without pods.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createProcessServer, installKedaKinds } from '@chatwarden/testkit/backends/parts';
import type { KubernetesServer, Server } from '@chatwarden/testkit/backends';
import { freePort } from '@chatwarden/postgres-server';
import { GATEWAY, type Place } from './place.ts';

export interface KedaOptions {
  place: Place;
  kubernetes: KubernetesServer;
  programs: Record<'keda-operator' | 'keda-adapter', string>;
}

const NAMESPACE = 'keda';
const SERVICE = 'keda-metrics-apiserver';
const GROUP = 'external.metrics.k8s.io';
const VERSION = 'v1beta1';
const SERVED_DEADLINE_MS = 60_000;
const POLL_MS = 500;

/** Not started yet. Started, it scales whatever a ScaledObject names. */
export async function createKeda(options: KedaOptions): Promise<{ operator: Server; adapter: Server }> {
  const { kubernetes } = options;
  await installKedaKinds(kubernetes.kubectl, process.env);
  await kubernetes.kubectl(['create', 'namespace', NAMESPACE]);
  const certificates = writeCertificates(options);
  const ports = { metricsService: await freePort(), adapter: await freePort(), adapterMetrics: await freePort() };
  const operator = await createOperator(options, certificates, ports.metricsService);
  const adapter = createAdapter(options, certificates, ports);
  await registerAdapter(kubernetes, ports.adapter);
  return { operator, adapter };
}

/** Resolves when Kubernetes' autoscaler gets answers. */
export async function untilMetricsAreServed({ kubectl }: KubernetesServer): Promise<void> {
  const deadline = performance.now() + SERVED_DEADLINE_MS;
  for (;;) {
    const failure = await kubectl(['get', '--raw', `/apis/${GROUP}/${VERSION}`]).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return;
    if (performance.now() > deadline) throw failure as Error;
    await delay(POLL_MS);
  }
}

/** One pair for both: each is a client of the other's side too. */
function writeCertificates({ place, kubernetes }: KedaOptions): string {
  const folder = join(place.folder, 'keda');
  mkdirSync(folder);
  const serves = ['localhost', 'keda-operator.keda.svc.cluster.local', `${SERVICE}.${NAMESPACE}.svc`, GATEWAY];
  const { certificate, key } = kubernetes.issue({ name: 'keda', serves });
  writeFileSync(join(folder, 'ca.crt'), readFileSync(join(kubernetes.folder, 'ca.pem')));
  writeFileSync(join(folder, 'tls.crt'), certificate);
  writeFileSync(join(folder, 'tls.key'), key, { mode: 0o600 });
  return folder;
}

async function createOperator(
  { place, kubernetes, programs }: KedaOptions,
  certificates: string,
  port: number,
): Promise<Server> {
  const health = `127.0.0.1:${await freePort()}`;
  return createProcessServer({
    name: 'keda-operator',
    folder: place.logs,
    logName: 'keda-operator.log',
    program: programs['keda-operator'],
    args: [
      `--kubeconfig=${kubernetes.kubeconfig}`,
      `--cert-dir=${certificates}`,
      `--metrics-service-bind-address=127.0.0.1:${port}`,
      `--metrics-bind-address=127.0.0.1:${await freePort()}`,
      `--health-probe-bind-address=${health}`,
    ],
    env: { KEDA_CLUSTER_OBJECT_NAMESPACE: NAMESPACE, POD_NAMESPACE: NAMESPACE, WATCH_NAMESPACE: '' },
    isReady: () =>
      fetch(`http://${health}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
}

function createAdapter(
  { place, kubernetes, programs }: KedaOptions,
  certificates: string,
  ports: { metricsService: number; adapter: number; adapterMetrics: number },
): Server {
  const kubeconfig = kubernetes.kubeconfig;
  return createProcessServer({
    name: 'keda-adapter',
    folder: place.logs,
    logName: 'keda-adapter.log',
    program: programs['keda-adapter'],
    args: [
      ...['kubeconfig', 'lister-kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
        (flag) => `--${flag}=${kubeconfig}`,
      ),
      `--bind-address=${GATEWAY}`,
      `--secure-port=${ports.adapter}`,
      // Of its own metrics, which would else take the port that people give to ingestd.
      `--port=${ports.adapterMetrics}`,
      `--cert-dir=${certificates}`,
      `--tls-cert-file=${join(certificates, 'tls.crt')}`,
      `--tls-private-key-file=${join(certificates, 'tls.key')}`,
      `--metrics-service-address=localhost:${ports.metricsService}`,
    ],
    env: { POD_NAMESPACE: NAMESPACE, WATCH_NAMESPACE: '' },
    isReady: (printed) => printed.includes('Serving securely'),
  });
}

async function registerAdapter({ kubectl, folder }: KubernetesServer, port: number): Promise<void> {
  const metadata = { name: SERVICE, namespace: NAMESPACE };
  const caBundle = readFileSync(join(folder, 'ca.pem')).toString('base64');
  const items = [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'https', port: 443, targetPort: port }] } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': SERVICE } },
      addressType: 'IPv4',
      ports: [{ name: 'https', port, protocol: 'TCP' }],
      endpoints: [{ addresses: [GATEWAY], conditions: { ready: true } }],
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${VERSION}.${GROUP}` },
      spec: {
        group: GROUP,
        version: VERSION,
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { ...metadata, port: 443 },
        caBundle,
      },
    },
  ];
  await kubectl(['apply', '--server-side', '-f', '-'], { input: { apiVersion: 'v1', kind: 'List', items } });
}
