/**
 * The detectors' settings of one group. Its name is made of what people chose, and it never changes: pods keep the
 * settings that they began with, and another operator makes no other name of the same choice.
 */
import type { GroupId, TelegramGroup } from '@chatwarden/contracts';
import { digest } from './digest.ts';
import type { Installation } from './installation.ts';
import type { Manifest } from './manifest.ts';
import { detectorName, metadataOf } from './names.ts';

export const HEALTH_PORT = 9090;
export const KEYS_FOLDER = '/var/lib/chatwarden/keys';
/** A file for each setting, by its name. */
export const KAFKA_FOLDER = '/etc/chatwarden/kafka';

export function buildConfigMap(group: TelegramGroup, groupId: GroupId, { kafka, settings }: Installation): Manifest {
  const { authentication: _, ...rest } = kafka;
  const data: Record<string, string> = {
    ...settings,
    ROLES: 'detect',
    EVENTS_OF: groupId,
    KAFKA_BROKERS: kafka.brokers,
    KAFKA_PREFIX: kafka.prefix,
    KAFKA_REPLICATION: String(kafka.replication),
    KAFKA_TLS: String(kafka.tls),
    ...(kafka.mechanism === undefined ? {} : { KAFKA_SASL_MECHANISM: kafka.mechanism }),
    ...Object.fromEntries((kafka.files ?? []).map(({ setting }) => [`${setting}_FILE`, `${KAFKA_FOLDER}/${setting}`])),
    KEYS_DIR: KEYS_FOLDER,
    HEALTH_HOST: '0.0.0.0',
    HEALTH_PORT: String(HEALTH_PORT),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(group, `${detectorName(group)}-${digest({ groupId, kafka: rest, settings })}`),
    immutable: true,
    data,
  };
}
