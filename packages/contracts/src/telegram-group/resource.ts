/** TelegramGroup as the API server knows it. */
import type { TelegramGroupSpec } from './spec.ts';
import type { TelegramGroupStatus } from './status.ts';

export const TELEGRAM_GROUP = {
  group: 'chatwarden.io',
  version: 'v1alpha1',
  apiVersion: 'chatwarden.io/v1alpha1',
  kind: 'TelegramGroup',
  plural: 'telegramgroups',
  singular: 'telegramgroup',
  shortNames: ['tgg'],
  categories: ['chatwarden'],
  about:
    'A Telegram group that Chatwarden keeps clean, and what it needs: its share of the pool, or a topic and detectors ' +
    'of its own that scale with its load.',
  columns: [
    { name: 'Isolation', type: 'string', jsonPath: '.spec.isolation' },
    { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    { name: 'Reason', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
    { name: 'Replicas', type: 'integer', jsonPath: '.status.replicas' },
    { name: 'Ready-Pods', type: 'integer', jsonPath: '.status.readyReplicas' },
    { name: 'Color', type: 'string', jsonPath: '.status.activeColor' },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    { name: 'Chat', type: 'integer', jsonPath: '.spec.chatId', priority: 1 },
    { name: 'Partitions', type: 'integer', jsonPath: '.status.partitions', priority: 1 },
    { name: 'Detector', type: 'string', jsonPath: '.status.detectorVersion', priority: 1 },
    { name: 'Message', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].message', priority: 1 },
  ],
  selectableFields: [{ jsonPath: '.spec.chatId' }, { jsonPath: '.spec.isolation' }],
  scale: {
    specReplicasPath: '.spec.autoscaling.minReplicas',
    statusReplicasPath: '.status.replicas',
    labelSelectorPath: '.status.selector',
  },
} as const;

export interface TelegramGroup {
  apiVersion: typeof TELEGRAM_GROUP.apiVersion;
  kind: typeof TELEGRAM_GROUP.kind;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    generation: number;
    resourceVersion: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
  };
  spec: TelegramGroupSpec;
  status?: TelegramGroupStatus;
}
