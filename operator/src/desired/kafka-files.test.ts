// What detectors get to be let in by Kafka.
import { expect, it } from 'vitest';
import { aTelegramGroup, anInstallation } from '../../test/builders.ts';
import { buildConfigMap } from './config-map.ts';
import { buildDeployment, revisionOf } from './deployment.ts';

const group = aTelegramGroup();
const { kafka } = anInstallation();
const files = [
  { setting: 'KAFKA_CA', secret: 'kafka-ca', key: 'ca.crt' },
  { setting: 'KAFKA_CERT', secret: 'detector', key: 'user.crt' },
  { setting: 'KAFKA_KEY', secret: 'detector', key: 'user.key' },
];

interface Pod {
  containers: { volumeMounts: object[] }[];
  volumes: object[];
}

const configMapOf = (over: Partial<typeof kafka>) =>
  buildConfigMap(group, 'g0123456789abcdef', anInstallation({ kafka: { ...kafka, ...over } }));

function podOf(over: Partial<typeof kafka>): Pod {
  const options = { colour: 'blue', image: 'chatwarden/detector:1', configMap: 'c' } as const;
  const deployment = buildDeployment(group, anInstallation({ kafka: { ...kafka, ...over } }), options);
  return (deployment['spec'] as { template: { spec: Pod } }).template.spec;
}

it('names the way to log in, and the files, but none of their content', () => {
  expect(configMapOf({ tls: true, mechanism: 'scram-sha-512', files })['data']).toMatchObject({
    KAFKA_TLS: 'true',
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_CA_FILE: '/etc/chatwarden/kafka/KAFKA_CA',
    KAFKA_CERT_FILE: '/etc/chatwarden/kafka/KAFKA_CERT',
    KAFKA_KEY_FILE: '/etc/chatwarden/kafka/KAFKA_KEY',
  });
});

it('mounts the files from the Secrets that have them, without subPath, so that they are renewed', () => {
  const pod = podOf({ files });
  expect(pod.volumes).toContainEqual({
    name: 'kafka',
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { name: 'kafka-ca', items: [{ key: 'ca.crt', path: 'KAFKA_CA' }] } },
        {
          secret: {
            name: 'detector',
            items: [
              { key: 'user.crt', path: 'KAFKA_CERT' },
              { key: 'user.key', path: 'KAFKA_KEY' },
            ],
          },
        },
      ],
    },
  });
  expect(pod.containers[0]?.volumeMounts).toContainEqual({
    name: 'kafka',
    mountPath: '/etc/chatwarden/kafka',
    readOnly: true,
  });
  expect(podOf({}).volumes).toHaveLength(2);
});

it('rolls detectors out when the way in changes, and only then', () => {
  const nameOf = (over: Partial<typeof kafka>) => configMapOf(over).metadata.name;
  expect(nameOf({ files: undefined, mechanism: undefined })).toBe(nameOf({}));
  const names = [nameOf({}), nameOf({ mechanism: 'plain' }), nameOf({ files })];
  const revisions = names.map((configMap) => revisionOf(anInstallation(), { image: 'i', configMap }));
  expect(new Set(revisions).size).toBe(3);
});
