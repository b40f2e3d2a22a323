// Each object that is made for a group, whole.
import { describe, expect, it } from 'vitest';
import { aTelegramGroup, anInstallation } from '../../test/builders.ts';
import { buildConfigMap } from './config-map.ts';
import { buildDeployment, revisionOf, SHAPE } from './deployment.ts';
import { buildDisruptionBudget } from './disruption-budget.ts';
import { buildPodMonitor } from './monitoring.ts';
import { buildNetworkPolicy } from './network-policy.ts';
import { buildServiceAccount } from './service-account.ts';

const GROUP_ID = 'g0123456789abcdef';
const group = aTelegramGroup();
const installation = anInstallation();

const POD_LABELS = { 'app.kubernetes.io/name': 'chatwarden-detector', 'chatwarden.io/telegramgroup': 'gardeners' };
const metadata = (name = 'gardeners-detector') => ({
  name,
  namespace: 'team',
  labels: { ...POD_LABELS, 'app.kubernetes.io/managed-by': 'chatwarden-operator' },
  ownerReferences: [
    {
      apiVersion: 'chatwarden.io/v1alpha1',
      kind: 'TelegramGroup',
      name: 'gardeners',
      uid: 'uid-of-gardeners',
      controller: true,
      blockOwnerDeletion: true,
    },
  ],
});

describe('settings', () => {
  const configMap = buildConfigMap(group, GROUP_ID, installation);

  it('name the topic, the brokers and what the installation adds', () => {
    expect(configMap).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(configMap.metadata.name),
      immutable: true,
      data: {
        LOG_LEVEL: 'warn',
        ROLES: 'detect',
        EVENTS_OF: GROUP_ID,
        KAFKA_BROKERS: 'kafka-0:9092,kafka-1:9093',
        KAFKA_PREFIX: 'cw.',
        KAFKA_REPLICATION: '3',
        KAFKA_TLS: 'false',
        KEYS_DIR: '/var/lib/chatwarden/keys',
        HEALTH_HOST: '0.0.0.0',
        HEALTH_PORT: '9090',
      },
    });
  });

  it('have a name of their own for each choice, and the same for the same', () => {
    const name = (over: Parameters<typeof anInstallation>[0]) =>
      buildConfigMap(group, GROUP_ID, anInstallation(over)).metadata.name;
    expect(configMap.metadata.name).toMatch(/^gardeners-detector-[0-9a-f]{10}$/);
    expect(name({})).toBe(configMap.metadata.name);
    expect(name({ settings: { LOG_LEVEL: 'info' } })).not.toBe(configMap.metadata.name);
  });
});

describe('detectors', () => {
  const options = { colour: 'green' as const, image: 'chatwarden/detector:1.2.3', configMap: 'gardeners-detector-1' };
  const labels = { ...POD_LABELS, 'chatwarden.io/color': 'green' };
  const away = (condition: string) => ({
    key: `node.kubernetes.io/${condition}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 30,
  });
  const spread = (topologyKey: string) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
    matchLabelKeys: ['pod-template-hash'],
  });

  it('are a Deployment of one colour without replicas', () => {
    expect(buildDeployment(group, installation, options)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        ...metadata('gardeners-detector-green'),
        labels: { ...metadata().labels, 'chatwarden.io/color': 'green' },
        annotations: { 'chatwarden.io/revision': revisionOf(installation, options), 'chatwarden.io/shape': SHAPE },
      },
      spec: {
        selector: { matchLabels: labels },
        minReadySeconds: 5,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: 'gardeners-detector',
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 45,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 65_532,
              runAsGroup: 65_532,
              fsGroup: 65_532,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            tolerations: [away('not-ready'), away('unreachable')],
            topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
            containers: [
              {
                name: 'detector',
                image: 'chatwarden/detector:1.2.3',
                imagePullPolicy: 'IfNotPresent',
                env: [
                  { name: 'COLOUR', value: 'green' },
                  { name: 'INSTANCE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
                ],
                envFrom: [
                  { configMapRef: { name: 'gardeners-detector-1' } },
                  { secretRef: { name: 'chatwarden-detector' } },
                ],
                ports: [{ name: 'health', containerPort: 9090 }],
                startupProbe: probe('/livez', { periodSeconds: 2, failureThreshold: 60 }),
                livenessProbe: probe('/livez', { periodSeconds: 10, failureThreshold: 6 }),
                readinessProbe: probe('/readyz', { periodSeconds: 5, failureThreshold: 3 }),
                resources: {
                  requests: { cpu: '500m', memory: '256Mi' },
                  limits: { cpu: '1500m', memory: '512Mi' },
                },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: [
                  { name: 'keys', mountPath: '/var/lib/chatwarden/keys' },
                  { name: 'tmp', mountPath: '/tmp' },
                ],
              },
            ],
            volumes: [
              { name: 'keys', persistentVolumeClaim: { claimName: 'chatwarden-keys' } },
              { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
            ],
          },
        },
      },
    });
  });

  function probe(path: string, rest: object) {
    return { httpGet: { path, port: 'health' }, timeoutSeconds: 5, ...rest };
  }

  it('have the same revision in both colours, and another one for another choice', () => {
    const of = (over: object) => revisionOf(installation, { ...options, ...over });
    expect(of({ colour: 'blue' })).toBe(of({}));
    expect(new Set([of({}), of({ image: 'chatwarden/detector:2' }), of({ configMap: 'other' })]).size).toBe(3);
  });
});

it('detectors have an account without rights or token', () => {
  expect(buildServiceAccount(group)).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(),
    automountServiceAccountToken: false,
  });
});

it('one detector at a time is evicted', () => {
  expect(buildDisruptionBudget(group)).toEqual({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: POD_LABELS },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
});

it('detectors reach names, Kafka and PostgreSQL', () => {
  expect(buildNetworkPolicy(group, installation)).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(),
    spec: {
      podSelector: { matchLabels: POD_LABELS },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ protocol: 'TCP', port: 9090 }] }],
      egress: [
        {
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        {
          ports: [
            { protocol: 'TCP', port: 5432 },
            { protocol: 'TCP', port: 9092 },
            { protocol: 'TCP', port: 9093 },
          ],
        },
      ],
    },
  });
});

describe('for the Prometheus operator', () => {
  it('the pods are scraped', () => {
    expect(buildPodMonitor(group)).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadata(),
      spec: {
        selector: { matchLabels: POD_LABELS },
        podTargetLabels: ['chatwarden.io/telegramgroup', 'chatwarden.io/color'],
        podMetricsEndpoints: [{ port: 'health', path: '/metrics', interval: '15s' }],
      },
    });
  });
});
