/** TelegramGroups for tests: as the API server hands them out, with its defaults filled in. */
import type { Installation } from '../src/desired/installation.ts';
import {
  TELEGRAM_GROUP,
  type TelegramGroup,
  type TelegramGroupSpec,
  type TelegramGroupStatus,
} from '@chatwarden/contracts';

export interface TelegramGroupOverrides {
  name?: string;
  namespace?: string;
  uid?: string;
  createdAt?: string;
  generation?: number;
  annotations?: Record<string, string>;
  finalizers?: string[];
  deletionTimestamp?: string;
  spec?: Partial<TelegramGroupSpec>;
  status?: TelegramGroupStatus;
}

export function aTelegramGroup(over: TelegramGroupOverrides = {}): TelegramGroup {
  const { name = 'gardeners', namespace = 'team', uid = `uid-of-${name}`, createdAt = '2026-11-26T10:00:00Z' } = over;
  return {
    apiVersion: TELEGRAM_GROUP.apiVersion,
    kind: TELEGRAM_GROUP.kind,
    metadata: {
      name,
      namespace,
      uid,
      generation: over.generation ?? 1,
      resourceVersion: '1',
      creationTimestamp: createdAt,
      ...(over.annotations ? { annotations: over.annotations } : {}),
      ...(over.finalizers ? { finalizers: over.finalizers } : {}),
      ...(over.deletionTimestamp === undefined ? {} : { deletionTimestamp: over.deletionTimestamp }),
    },
    spec: {
      chatId: -1_001_000_000_001,
      isolation: 'Shared',
      throughput: { messagesPerSecond: 100, burstFactor: 3 },
      availability: { target: '99.9' },
      autoscaling: { minReplicas: 2 },
      partitions: 6,
      rollout: { strategy: 'Rolling' },
      suspend: false,
      ...over.spec,
    },
    ...(over.status ? { status: over.status } : {}),
  };
}

export function anInstallation(over: Partial<Installation> = {}): Installation {
  return {
    image: { repository: 'chatwarden/detector', version: '1.2.3', pullPolicy: 'IfNotPresent' },
    secret: 'chatwarden-detector',
    keysClaim: 'chatwarden-keys',
    kafka: { brokers: 'kafka-0:9092,kafka-1:9093', prefix: 'cw.', replication: 3, tls: false },
    egressPorts: [5432],
    settings: { LOG_LEVEL: 'warn' },
    scaleUpAfterSeconds: 120,
    scaleDownAfterSeconds: 600,
    readyWithinSeconds: 600,
    consumeWithinSeconds: 90,
    ...over,
  };
}
