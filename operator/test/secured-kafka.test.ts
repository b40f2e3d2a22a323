// Where Kafka wants a login, on a real API server: what detectors are given, and that nothing of it is a secret in a ConfigMap.
import { RESOURCES } from '@chatwarden/kube';
import { hasKubernetes } from '@chatwarden/testkit/kubernetes';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWorld } from './world.ts';

const SECURED = {
  KAFKA_TLS: 'yes',
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_SASL_USERNAME: 'operator',
  KAFKA_SASL_PASSWORD: 'of the operator alone',
  KEDA_AUTHENTICATION: 'kafka',
  DETECTOR_KAFKA_FILES: 'KAFKA_CA=main-cluster-ca-cert/ca.crt,KAFKA_SASL_PASSWORD=detector/password',
};

it.skipIf(!hasKubernetes())(
  'detectors get files from Secrets, and nothing again at rest (needs Kubernetes)',
  async () => {
    const world = await createWorld();
    onTestFinished(() => world.close());
    const { operator, writes } = await world.startOperator(SECURED);
    const { chatId } = await world.seeChat();
    await world.apply('busy', { chatId, isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } });
    const soon = { timeout: 25_000, interval: 100 };
    await vi.waitFor(async () => expect(await world.condition('busy', 'Reconciling')).toBe('False/UpToDate'), soon);

    const at = { name: 'busy-detector-blue', namespace: world.namespace };
    const deployment = (await world.client.get(RESOURCES.deployments, at)) as unknown as {
      spec: {
        template: { spec: { volumes: object[]; containers: { envFrom: { configMapRef?: { name: string } }[] }[] } };
      };
    };
    const pod = deployment.spec.template.spec;
    expect(pod.volumes).toContainEqual({
      name: 'kafka',
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'main-cluster-ca-cert', items: [{ key: 'ca.crt', path: 'KAFKA_CA' }] } },
          { secret: { name: 'detector', items: [{ key: 'password', path: 'KAFKA_SASL_PASSWORD' }] } },
        ],
      },
    });
    const name = pod.containers[0]?.envFrom[0]?.configMapRef?.name ?? '';
    const { data } = (await world.client.get(RESOURCES.configmaps, {
      name,
      namespace: world.namespace,
    })) as unknown as {
      data: Record<string, string>;
    };
    expect(data).toMatchObject({
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_PASSWORD_FILE: '/etc/chatwarden/kafka/KAFKA_SASL_PASSWORD',
    });
    expect(JSON.stringify(data)).not.toContain(SECURED.KAFKA_SASL_PASSWORD);

    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    writes();
    operator.controller.enqueue(`${world.namespace}/busy`);
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    expect(writes()).toEqual([]);
  },
);
