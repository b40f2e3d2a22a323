/** Detectors reach names, Kafka, PostgreSQL and nothing else; only their health port is reached. */
import type { TelegramGroup } from '@chatwarden/contracts';
import { HEALTH_PORT } from './config-map.ts';
import type { Installation } from './installation.ts';
import type { Manifest } from './manifest.ts';
import { metadataOf, podLabels } from './names.ts';

const DNS_PORT = 53;

export function buildNetworkPolicy(group: TelegramGroup, { kafka, egressPorts }: Installation): Manifest {
  const ports = [...new Set([...brokerPorts(kafka.brokers), ...egressPorts])].toSorted((one, other) => one - other);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(group),
    spec: {
      podSelector: { matchLabels: podLabels(group) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ protocol: 'TCP', port: HEALTH_PORT }] }],
      egress: [
        { ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: DNS_PORT })) },
        { ports: ports.map((port) => ({ protocol: 'TCP', port })) },
      ],
    },
  };
}

function brokerPorts(brokers: string): number[] {
  return brokers.split(',').map((broker) => Number(broker.trim().split(':').at(-1)));
}
