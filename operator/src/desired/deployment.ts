/**
 * The detectors of one colour. It states no replicas: they are the autoscaler's. A new operator restarts no detector: the
 * revision names what people have chosen (image, settings), and the shape how this operator makes a pod of it. Detectors
 * of the wanted revision and an older shape are left alone until another revision is wanted.
 */
import type { Colour } from '@chatwarden/contracts';
import { HEALTH_PORT, KAFKA_FOLDER, KEYS_FOLDER } from './config-map.ts';
import { digest } from './digest.ts';
import type { Installation, SettingFile } from './installation.ts';
import type { Manifest } from './manifest.ts';
import { ANNOTATIONS, colourLabels, deploymentName, detectorName, metadataOf, type NamedGroup } from './names.ts';
import { CAPACITY } from './sizing.ts';

export interface DeploymentOptions {
  colour: Colour;
  image: string;
  configMap: string;
}

/** What a batch in hand may take, and leaving the consumer group. */
const GRACE_SECONDS = 45;
/** Kubernetes waits 300 s by default, a tenth of what 99.9 % leaves for a month. */
const AWAY_SECONDS = 30;

export function buildDeployment(group: NamedGroup, installation: Installation, options: DeploymentOptions): Manifest {
  const { colour } = options;
  const labels = colourLabels(group, colour);
  const metadata = metadataOf(group, deploymentName(group, colour));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, ...labels },
      annotations: { [ANNOTATIONS.revision]: revisionOf(installation, options), [ANNOTATIONS.shape]: SHAPE },
    },
    spec: {
      selector: { matchLabels: labels },
      minReadySeconds: 5,
      progressDeadlineSeconds: installation.readyWithinSeconds,
      revisionHistoryLimit: 3,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: { metadata: { labels }, spec: podOf(group, installation, options) },
    },
  };
}

/** Names what the pods are made from, whatever their colour. */
export function revisionOf(
  { secret, keysClaim, image: { pullPolicy } }: Installation,
  { image, configMap }: Omit<DeploymentOptions, 'colour'>,
): string {
  return digest({ image, configMap, secret, keysClaim, pullPolicy });
}

type PodInstallation = Pick<Installation, 'secret' | 'keysClaim'> & {
  image: Pick<Installation['image'], 'pullPolicy'>;
  kafka: Pick<Installation['kafka'], 'files'>;
};

function podOf(group: NamedGroup, installation: PodInstallation, options: DeploymentOptions) {
  const awayFor = (condition: string) => ({
    key: `node.kubernetes.io/${condition}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: AWAY_SECONDS,
  });
  return {
    serviceAccountName: detectorName(group),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      fsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    tolerations: [awayFor('not-ready'), awayFor('unreachable')],
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: colourLabels(group, options.colour) },
      matchLabelKeys: ['pod-template-hash'],
    })),
    containers: [containerOf(installation, options)],
    volumes: [
      { name: 'keys', persistentVolumeClaim: { claimName: installation.keysClaim } },
      { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      ...kafkaVolumes(installation.kafka.files),
    ],
  };
}

/** By nobody but their group. */
const FILE_MODE = 0o440;

/** Kubernetes renews them in pods that run; what a pod gets as variables it keeps. */
function kafkaVolumes(files: readonly SettingFile[] = []) {
  if (files.length === 0) return [];
  const sources = [...Map.groupBy(files, ({ secret }) => secret)].map(([name, ofSecret]) => ({
    secret: { name, items: ofSecret.map(({ setting: path, key }) => ({ key, path })) },
  }));
  return [{ name: 'kafka', projected: { defaultMode: FILE_MODE, sources } }];
}

function containerOf(installation: PodInstallation, { colour, image, configMap }: DeploymentOptions) {
  const probe = (path: string) => ({ httpGet: { path, port: 'health' }, timeoutSeconds: 5 });
  return {
    name: 'detector',
    image,
    imagePullPolicy: installation.image.pullPolicy,
    env: [
      { name: 'COLOUR', value: colour },
      { name: 'INSTANCE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    envFrom: [{ configMapRef: { name: configMap } }, { secretRef: { name: installation.secret } }],
    ports: [{ name: 'health', containerPort: HEALTH_PORT }],
    // It waits for what is away, and is alive while it waits.
    startupProbe: { ...probe('/livez'), periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: { ...probe('/livez'), periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...probe('/readyz'), periodSeconds: 5, failureThreshold: 3 },
    resources: {
      requests: { cpu: CAPACITY.cpuRequest, memory: CAPACITY.memoryRequest },
      limits: { cpu: CAPACITY.cpuLimit, memory: CAPACITY.memoryLimit },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'keys', mountPath: KEYS_FOLDER },
      { name: 'tmp', mountPath: '/tmp' },
      ...kafkaVolumes(installation.kafka.files).map(({ name }) => ({ name, mountPath: KAFKA_FOLDER, readOnly: true })),
    ],
  };
}

/** Of a pod with nothing of anybody's choice in it. */
export const SHAPE = digest(
  podOf(
    { metadata: { name: '', namespace: '', uid: '' } },
    { secret: '', keysClaim: '', image: { pullPolicy: 'IfNotPresent' }, kafka: {} },
    { colour: 'blue', image: '', configMap: '' },
  ),
);
