/** How the programs of a control plane are told what to do. Pure. */

export interface Place {
  folder: string;
  /** Where the API server listens, and what clients call it by. */
  address: string;
  ports: { etcd: number; etcdPeer: number; apiServer: number; controllerManager: number };
  /** More flags, which come last and so win. */
  more?: { apiServer?: readonly string[]; controllerManager?: readonly string[] };
}

export const SERVICE_ADDRESSES = '10.96.0.0/16';
export const KUBERNETES_SERVICE = '10.96.0.1';
export const FRONT_PROXY = 'front-proxy-client';
const ISSUER = 'https://kubernetes.default.svc.cluster.local';

export function etcdArgs({ folder, ports }: Place): string[] {
  const [client, peer] = [`http://127.0.0.1:${ports.etcd}`, `http://127.0.0.1:${ports.etcdPeer}`];
  return flags({
    name: 'test',
    'data-dir': `${folder}/etcd`,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `test=${peer}`,
    // Tests lose nothing that matters in a crash of the machine, and so wait for no disk.
    'unsafe-no-fsync': 'true',
    'log-level': 'warn',
  });
}

export function apiServerArgs({ folder, address, ports, more }: Place): string[] {
  const own = {
    'etcd-servers': `http://127.0.0.1:${ports.etcd}`,
    'bind-address': address,
    'advertise-address': address,
    'secure-port': String(ports.apiServer),
    // The cluster's own name for it is of no use where pods do not run, and an address of loopback is refused.
    ...(isLoopback(address) ? { 'endpoint-reconciler-type': 'none' } : {}),
    'tls-cert-file': `${folder}/api-server.pem`,
    'tls-private-key-file': `${folder}/api-server.key`,
    'client-ca-file': `${folder}/ca.pem`,
    'authorization-mode': 'Node,RBAC',
    'allow-privileged': 'true',
    'service-cluster-ip-range': SERVICE_ADDRESSES,
    'service-account-issuer': ISSUER,
    'service-account-key-file': `${folder}/service-accounts.pub`,
    'service-account-signing-key-file': `${folder}/service-accounts.key`,
    'kubelet-client-certificate': `${folder}/admin.pem`,
    'kubelet-client-key': `${folder}/admin.key`,
    'kubelet-preferred-address-types': 'InternalIP',
    // What servers of further kinds need, such as an autoscaler's metrics.
    'requestheader-client-ca-file': `${folder}/ca.pem`,
    'requestheader-allowed-names': FRONT_PROXY,
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'proxy-client-cert-file': `${folder}/front-proxy.pem`,
    'proxy-client-key-file': `${folder}/front-proxy.key`,
    'enable-aggregator-routing': 'true',
  };
  return [...flags(own), ...(more?.apiServer ?? [])];
}

export function controllerManagerArgs({ folder, ports, more }: Place): string[] {
  const own = {
    kubeconfig: `${folder}/controller-manager.kubeconfig`,
    'bind-address': '127.0.0.1',
    'secure-port': String(ports.controllerManager),
    'tls-cert-file': `${folder}/api-server.pem`,
    'tls-private-key-file': `${folder}/api-server.key`,
    'leader-elect': 'false',
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': `${folder}/service-accounts.key`,
    'root-ca-file': `${folder}/ca.pem`,
    // Tests wait for what it does: it looks as often as it can and trusts its numbers at once.
    'horizontal-pod-autoscaler-sync-period': '1s',
    'horizontal-pod-autoscaler-initial-readiness-delay': '1s',
    'horizontal-pod-autoscaler-cpu-initialization-period': '1s',
    'min-resync-period': '1m',
    'kube-api-qps': '300',
    'kube-api-burst': '600',
  };
  return [...flags(own), ...(more?.controllerManager ?? [])];
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

function flags(values: Record<string, string>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
