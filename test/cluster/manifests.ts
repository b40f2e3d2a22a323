/** What the node is tried with: pods as strict about themselves as the operator makes them. */
import { PAUSE_IMAGE } from './containerd.ts';

export const NAMESPACE = 'trial';
export const USER = 65_532;
const HEALTH_PORT = 9090;
const KEYS = '/var/lib/chatwarden/keys';

export interface DetectorFacts {
  image: string;
  replicas: number;
  /** All but what is secret. */
  settings: Readonly<Record<string, string>>;
  /** Names of a Secret and of a claim. */
  secret: string;
  keysClaim: string;
}

export function detectors({ image, replicas, settings, secret, keysClaim }: DetectorFacts) {
  const probe = (path: string) => ({ httpGet: { path, port: HEALTH_PORT }, timeoutSeconds: 5, periodSeconds: 2 });
  const all = { ...settings, KEYS_DIR: KEYS, HEALTH_HOST: '0.0.0.0', HEALTH_PORT: String(HEALTH_PORT) };
  const container = {
    image,
    env: Object.entries(all).map(([name, value]) => ({ name, value })),
    envFrom: [{ secretRef: { name: secret } }],
    startupProbe: { ...probe('/livez'), failureThreshold: 60 },
    readinessProbe: probe('/readyz'),
    resources: { requests: { cpu: '500m', memory: '128Mi' }, limits: { cpu: '1500m', memory: '512Mi' } },
    volumeMounts: [
      { name: 'keys', mountPath: KEYS },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
  const volumes = [
    { name: 'keys', persistentVolumeClaim: { claimName: keysClaim } },
    { name: 'tmp', emptyDir: {} },
  ];
  return deployment('detectors', { replicas, container, volumes });
}

/** Pods that do nothing, for an autoscaler to play with. */
export function idlers(name: string, replicas: number) {
  return deployment(name, { replicas, container: { image: PAUSE_IMAGE }, volumes: [] });
}

/** By the lag of a consumer group in a topic. */
export function lagScaler(target: string, trigger: Record<string, string>, replicasMax: number) {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: target, namespace: NAMESPACE },
    spec: {
      scaleTargetRef: { name: target },
      pollingInterval: 5,
      minReplicaCount: 1,
      maxReplicaCount: replicasMax,
      triggers: [{ type: 'kafka', metadata: { offsetResetPolicy: 'earliest', ...trigger } }],
    },
  };
}

interface Parts {
  replicas: number;
  container: object;
  volumes: readonly object[];
}

function deployment(name: string, { replicas, container, volumes }: Parts) {
  const labels = { 'app.kubernetes.io/name': name };
  const strict = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
  const user = { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, seccompProfile: { type: 'RuntimeDefault' } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 10,
          securityContext: user,
          containers: [{ name, imagePullPolicy: 'Never', securityContext: strict, ...container }],
          volumes,
        },
      },
    },
  };
}
