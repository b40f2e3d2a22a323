/**
 * What scales the detectors: by the lag of the topic (KEDA's ScaledObject) or by CPU (HorizontalPodAutoscaler). A metric
 * that cannot be read holds the replicas; KEDA's fallback never takes any away.
 */
import type { Colour, TelegramGroup } from '@chatwarden/contracts';
import type { Installation } from './installation.ts';
import type { Manifest } from './manifest.ts';
import { ANNOTATIONS, deploymentName, metadataOf } from './names.ts';
import { CAPACITY, type Sizing } from './sizing.ts';

export interface AutoscalerOptions {
  /** Whose Deployment is scaled. */
  colour: Colour;
  sizing: Sizing;
  /** Names in Kafka, with their prefix. */
  topic: string;
  consumerGroup: string;
  /** During a switch nothing is scaled. */
  held: boolean;
}

/** Of requests. HPA plans with what KEDA does: the rest is for bursts. */
const CPU_PERCENT = CAPACITY.utilisationPercent;
const POLLING_SECONDS = 15;
const FAILURES_UNTIL_FALLBACK = 3;

export function buildScaledObject(
  group: TelegramGroup,
  installation: Installation,
  options: AutoscalerOptions,
): Manifest {
  const { colour, sizing, topic, consumerGroup, held } = options;
  const { kafka } = installation;
  const metadata = metadataOf(group);
  const paused = {
    ...(held ? { 'autoscaling.keda.sh/paused': 'true' } : {}),
    ...(keepsAll(group) ? { 'autoscaling.keda.sh/paused-scale-in': 'true' } : {}),
  };
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { ...metadata, ...(Object.keys(paused).length === 0 ? {} : { annotations: paused }) },
    spec: {
      scaleTargetRef: { name: deploymentName(group, colour) },
      pollingInterval: POLLING_SECONDS,
      minReplicaCount: sizing.minReplicas,
      maxReplicaCount: sizing.maxReplicas,
      fallback: {
        failureThreshold: FAILURES_UNTIL_FALLBACK,
        replicas: sizing.minReplicas,
        behavior: 'currentReplicasIfHigher',
      },
      advanced: { horizontalPodAutoscalerConfig: { behavior: behaviorOf(installation) } },
      triggers: [
        {
          type: 'kafka',
          metricType: 'AverageValue',
          metadata: {
            bootstrapServers: kafka.brokers,
            topic,
            consumerGroup,
            lagThreshold: String(sizing.lagThreshold),
            offsetResetPolicy: 'earliest',
            scaleToZeroOnInvalidOffset: 'false',
            ensureEvenDistributionOfPartitions: 'true',
            ...(kafka.tls && kafka.authentication === undefined ? { tls: 'enable' } : {}),
          },
          ...(kafka.authentication === undefined ? {} : { authenticationRef: { name: kafka.authentication } }),
        },
      ],
    },
  };
}

export function buildHorizontalPodAutoscaler(
  group: TelegramGroup,
  installation: Installation,
  { colour, sizing, held }: AutoscalerOptions,
): Manifest {
  const { scaleUp, scaleDown } = behaviorOf(installation);
  const never = { selectPolicy: 'Disabled' };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(group),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deploymentName(group, colour) },
      minReplicas: sizing.minReplicas,
      maxReplicas: sizing.maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_PERCENT } },
        },
      ],
      behavior: {
        scaleUp: held ? { ...scaleUp, ...never } : scaleUp,
        scaleDown: held || keepsAll(group) ? { ...scaleDown, ...never } : scaleDown,
      },
    },
  };
}

/** Twice as many at once on the way up, one at a time on the way down: each step stops the whole group for a moment. */
function behaviorOf({ scaleUpAfterSeconds, scaleDownAfterSeconds }: Installation) {
  return {
    scaleUp: {
      stabilizationWindowSeconds: scaleUpAfterSeconds,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: Math.max(15, scaleUpAfterSeconds) }],
    },
    scaleDown: {
      stabilizationWindowSeconds: scaleDownAfterSeconds,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 50, periodSeconds: Math.max(15, scaleDownAfterSeconds / 2) }],
    },
  };
}

function keepsAll({ metadata }: TelegramGroup): boolean {
  return metadata.annotations?.[ANNOTATIONS.pauseScaleIn] === 'true';
}
