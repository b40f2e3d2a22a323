import { expect, it } from 'vitest';
import { buildOperatorDeployment } from './operator-deployment.ts';

it('runs two pods that may do nothing to their node, with settings and secrets by name', () => {
  const labels = { 'app.kubernetes.io/name': 'chatwarden-operator', 'app.kubernetes.io/part-of': 'chatwarden' };
  const selector = { matchLabels: { 'app.kubernetes.io/name': 'chatwarden-operator' } };
  const probe = (path: string) => ({ httpGet: { path, port: 'health' }, timeoutSeconds: 5 });
  expect(buildOperatorDeployment({ image: 'chatwarden/operator:1.0.0', namespace: 'chat' })).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'chatwarden-operator', namespace: 'chat', labels },
    spec: {
      replicas: 2,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'chatwarden-operator',
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
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
              labelSelector: selector,
              matchLabelKeys: ['pod-template-hash'],
            },
          ],
          containers: [
            {
              name: 'operator',
              image: 'chatwarden/operator:1.0.0',
              imagePullPolicy: 'IfNotPresent',
              env: [
                { name: 'INSTANCE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
                { name: 'HEALTH_HOST', value: '0.0.0.0' },
              ],
              envFrom: [
                { configMapRef: { name: 'chatwarden-operator' } },
                { secretRef: { name: 'chatwarden-operator' } },
              ],
              ports: [{ name: 'health', containerPort: 9090 }],
              startupProbe: { ...probe('/livez'), periodSeconds: 2, failureThreshold: 60 },
              livenessProbe: { ...probe('/livez'), periodSeconds: 10, failureThreshold: 6 },
              readinessProbe: { ...probe('/readyz'), periodSeconds: 5, failureThreshold: 3 },
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
            },
          ],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
            { name: 'kafka', secret: { secretName: 'chatwarden-operator-kafka', optional: true } },
          ],
        },
      },
    },
  });
});
