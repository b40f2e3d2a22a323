import { describe, expect, it } from 'vitest';
import { aTelegramGroup, anInstallation } from '../../test/builders.ts';
import { buildHorizontalPodAutoscaler, buildScaledObject, type AutoscalerOptions } from './autoscaler.ts';
import { metadataOf } from './names.ts';

const group = aTelegramGroup();
const installation = anInstallation();
const metadata = () => metadataOf(group);

describe('the autoscaler', () => {
  const options: AutoscalerOptions = {
    colour: 'green',
    sizing: { minReplicas: 2, maxReplicas: 6, lagThreshold: 5000, partitionsForBurst: 1 },
    topic: 'cw.events.g.g1',
    consumerGroup: 'cw.alertd-detect.events.g.g1',
    held: false,
  };
  const percent = (value: number, periodSeconds: number) => [{ type: 'Percent', value, periodSeconds }];
  const behavior = {
    scaleUp: { stabilizationWindowSeconds: 120, selectPolicy: 'Max', policies: percent(100, 120) },
    scaleDown: { stabilizationWindowSeconds: 600, selectPolicy: 'Max', policies: percent(50, 300) },
  };

  it('of KEDA goes by the lag, and never scales in on what it does not know', () => {
    expect(buildScaledObject(group, installation, options)).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadata(),
      spec: {
        scaleTargetRef: { name: 'gardeners-detector-green' },
        pollingInterval: 15,
        minReplicaCount: 2,
        maxReplicaCount: 6,
        fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' },
        advanced: { horizontalPodAutoscalerConfig: { behavior } },
        triggers: [
          {
            type: 'kafka',
            metricType: 'AverageValue',
            metadata: {
              bootstrapServers: 'kafka-0:9092,kafka-1:9093',
              topic: 'cw.events.g.g1',
              consumerGroup: 'cw.alertd-detect.events.g.g1',
              lagThreshold: '5000',
              offsetResetPolicy: 'earliest',
              scaleToZeroOnInvalidOffset: 'false',
              ensureEvenDistributionOfPartitions: 'true',
            },
          },
        ],
      },
    });
  });

  it('of KEDA logs in where the brokers want that', () => {
    const kafka = { ...installation.kafka, tls: true };
    const triggerOf = (over: Partial<typeof kafka>) =>
      (
        buildScaledObject(group, anInstallation({ kafka: { ...kafka, ...over } }), options)['spec'] as {
          triggers: { metadata: Record<string, string>; authenticationRef?: object }[];
        }
      ).triggers[0];
    expect(triggerOf({})?.metadata['tls']).toBe('enable');
    expect(triggerOf({ authentication: 'kafka-login' })?.authenticationRef).toEqual({ name: 'kafka-login' });
  });

  it('of KEDA holds during a switch, and keeps replicas when told to', () => {
    const kept = aTelegramGroup({ annotations: { 'chatwarden.io/pause-scale-in': 'true' } });
    const { annotations } = buildScaledObject(kept, installation, { ...options, held: true }).metadata;
    expect(annotations).toEqual({
      'autoscaling.keda.sh/paused': 'true',
      'autoscaling.keda.sh/paused-scale-in': 'true',
    });
  });

  const hpa = (over: Partial<AutoscalerOptions>, of = group) =>
    buildHorizontalPodAutoscaler(of, installation, { ...options, ...over });

  it('of Kubernetes goes by CPU', () => {
    expect(hpa({})).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata(),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gardeners-detector-green' },
        minReplicas: 2,
        maxReplicas: 6,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 65 } },
          },
        ],
        behavior,
      },
    });
  });

  it('of Kubernetes holds during a switch, and keeps replicas when told to', () => {
    const policies = (manifest: ReturnType<typeof hpa>) => {
      const { scaleUp, scaleDown } = (manifest['spec'] as { behavior: typeof behavior }).behavior;
      return [scaleUp.selectPolicy, scaleDown.selectPolicy];
    };
    expect(policies(hpa({ held: true }))).toEqual(['Disabled', 'Disabled']);
    const kept = aTelegramGroup({ annotations: { 'chatwarden.io/pause-scale-in': 'true' } });
    expect(policies(hpa({}, kept))).toEqual(['Max', 'Disabled']);
  });
});
