/** Two pods of the operator: one leads, the other takes over. */
import { LABELS, OPERATOR, POD_LABELS, type InstallObject } from './install-object.ts';

export interface OperatorImage {
  /** With its tag. */
  image: string;
  namespace: string;
}

const HEALTH_PORT = 9090;
/** A reconcile in hand, and giving up the lease. */
const GRACE_SECONDS = 30;

export function buildOperatorDeployment({ image, namespace }: OperatorImage): InstallObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: OPERATOR, namespace, labels: LABELS },
    spec: {
      replicas: 2,
      selector: { matchLabels: POD_LABELS },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: { metadata: { labels: LABELS }, spec: podOf(image) },
    },
  };
}

function podOf(image: string) {
  return {
    serviceAccountName: OPERATOR,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        topologyKey: 'kubernetes.io/hostname',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: POD_LABELS },
        matchLabelKeys: ['pod-template-hash'],
      },
    ],
    containers: [containerOf(image)],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      // Where there is one: files, unlike variables, are renewed in pods that run. KAFKA_CA_FILE and so on name them.
      { name: 'kafka', secret: { secretName: `${OPERATOR}-kafka`, optional: true } },
    ],
  };
}

function containerOf(image: string) {
  const probe = (path: string) => ({ httpGet: { path, port: 'health' }, timeoutSeconds: 5 });
  return {
    name: 'operator',
    image,
    imagePullPolicy: 'IfNotPresent',
    env: [
      { name: 'INSTANCE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      // Probes come from the node.
      { name: 'HEALTH_HOST', value: '0.0.0.0' },
    ],
    envFrom: [{ configMapRef: { name: OPERATOR } }, { secretRef: { name: OPERATOR } }],
    ports: [{ name: 'health', containerPort: HEALTH_PORT }],
    // It waits for what is away, and is alive while it waits.
    startupProbe: { ...probe('/livez'), periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: { ...probe('/livez'), periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...probe('/readyz'), periodSeconds: 5, failureThreshold: 3 },
    // 5,000 groups take 320 to 370 MB (make load-operator), of which the Kubernetes client alone is about 130.
    resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'kafka', mountPath: '/etc/chatwarden/kafka', readOnly: true },
    ],
  };
}
