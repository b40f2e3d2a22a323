/** For clusters with the Prometheus operator: what to scrape of the detectors, and when somebody should look. */
import type { TelegramGroup } from '@chatwarden/contracts';
import type { Manifest } from './manifest.ts';
import { metadataOf, podLabels } from './names.ts';

export function buildPodMonitor(group: TelegramGroup): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadataOf(group),
    spec: {
      selector: { matchLabels: podLabels(group) },
      podMetricsEndpoints: [{ port: 'health', path: '/metrics', interval: '15s' }],
    },
  };
}

/** Seconds of age of the oldest unjudged message; the objective is a verdict within five. */
const LATE_SECONDS = 30;

export function buildPrometheusRule(group: TelegramGroup): Manifest {
  const { name, namespace } = group.metadata;
  const pods = `namespace="${namespace}",pod=~"${name}-detector-.+"`;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadataOf(group),
    spec: {
      groups: [
        {
          name: `chatwarden-${name}`,
          rules: [
            {
              alert: 'ChatwardenGroupLate',
              expr: `max(chatwarden_bus_oldest_seconds{${pods}}) > ${LATE_SECONDS}`,
              for: '2m',
              labels: { severity: 'critical', telegramgroup: name },
              annotations: {
                summary: `messages of the Telegram group ${name} wait for a verdict`,
                description:
                  `The oldest message waits for {{ $value }} s. "kubectl describe tgg ${name} -n ${namespace}" tells ` +
                  'whether more partitions or replicas are needed.',
              },
            },
          ],
        },
      ],
    },
  };
}
