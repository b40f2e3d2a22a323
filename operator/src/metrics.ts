/** What the operator counts besides what its runtime does. */
import { Counter, Gauge, type Registry } from 'prom-client';

export function createOperatorMetrics(registry: Registry) {
  return {
    groups: new Gauge({
      name: 'chatwarden_operator_groups',
      help: 'TelegramGroups by isolation and readiness',
      labelNames: ['isolation', 'ready'],
      registers: [registry],
    }),
    lag: new Gauge({
      name: 'chatwarden_operator_group_lag_records',
      help: 'Messages in the own topic of a dedicated group that are not judged',
      labelNames: ['namespace', 'name'],
      registers: [registry],
    }),
    topicFailures: new Counter({
      name: 'chatwarden_operator_topic_look_failures_total',
      help: 'Times that Kafka could not be asked about topics',
      registers: [registry],
    }),
    orphans: new Counter({
      name: 'chatwarden_operator_orphans_total',
      help: 'Groups given back to the shared detectors since their TelegramGroup had gone by force',
      registers: [registry],
    }),
    unreadTopics: new Gauge({
      name: 'chatwarden_operator_unread_topics',
      help: 'Topics without detectors of their own in which messages are not judged: the shared ones are at it',
      registers: [registry],
    }),
    topicsDeleted: new Counter({
      name: 'chatwarden_operator_topics_deleted_total',
      help: 'Topics of groups that share again, or are gone',
      registers: [registry],
    }),
  };
}
export type OperatorMetrics = ReturnType<typeof createOperatorMetrics>;
