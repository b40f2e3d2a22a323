/**
 * The resource metrics API (https://github.com/kubernetes/metrics) without a metrics server: every pod of the namespace
 * takes what the test says. The autoscaler that decides by it is the real one.
 */
import { createServer } from 'node:https';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RESOURCES, type KubeClient, type KubeObject } from '@chatwarden/kube';
import { createAuthority } from '@chatwarden/testkit/backends/parts';

export interface StandInMetrics {
  /** CPU of every pod, in thousandths of a core; undefined: nothing is known, as when the metrics server is away. */
  set(milliCpu: number | undefined): void;
  stop(): Promise<void>;
}

const PATH = '/apis/metrics.k8s.io/v1beta1';

export async function startMetrics(client: KubeClient, namespace: string): Promise<StandInMetrics> {
  const address = ownAddress();
  let milliCpu: number | undefined;
  const { certificate, key } = createAuthority('metrics').issue({ name: 'metrics', serves: [address] });
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void answer(request.url ?? '').then(
      (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      () => response.writeHead(503).end(),
    );
  });
  await once(server.listen(0, address), 'listening');
  const { port } = server.address() as AddressInfo;

  async function answer(url: string): Promise<object> {
    if (!url.startsWith(`${PATH}/namespaces/${namespace}/pods`)) return KINDS;
    if (milliCpu === undefined) throw new Error('nothing is known');
    const { items } = await client.list<KubeObject>(RESOURCES.pods, { namespace });
    const timestamp = new Date().toISOString();
    const usage = { cpu: `${milliCpu}m`, memory: '100Mi' };
    const measured = items.map(({ metadata: { name, labels } }) => ({
      metadata: { name, namespace, labels },
      timestamp,
      window: '15s',
      containers: [{ name: 'detector', usage }],
    }));
    return { kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items: measured };
  }

  for (const object of registration(namespace, { address, port })) {
    await client.request({
      method: 'PATCH',
      path: pathOf(object, namespace),
      query: { fieldManager: 'test', force: true },
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }
  return {
    set: (value) => void (milliCpu = value),
    stop: async () => {
      await client.request({
        method: 'DELETE',
        path: '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io',
      });
      server.close();
      server.closeAllConnections();
    },
  };
}

const KINDS = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'metrics.k8s.io/v1beta1',
  resources: [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }],
};

/** Kubernetes sends nothing to loopback. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!own) throw new Error('this machine has no address but loopback, to which the API server forwards nothing');
  return own.address;
}

function registration(namespace: string, { address, port }: { address: string; port: number }): KubeObject[] {
  const metadata = { name: 'metrics', namespace };
  const ports = [{ name: 'https', port, protocol: 'TCP' }];
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ ...ports[0], port: 443, targetPort: port }] } },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'metrics' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports,
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        service: { name: 'metrics', namespace, port: 443 },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ] as unknown as KubeObject[];
}

function pathOf({ apiVersion, kind, metadata }: KubeObject, namespace: string): string {
  if (kind === 'APIService') return `/apis/${apiVersion}/apiservices/${metadata.name}`;
  const plural = kind === 'Service' ? 'services' : 'endpointslices';
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  return `${root}/namespaces/${namespace}/${plural}/${metadata.name}`;
}
