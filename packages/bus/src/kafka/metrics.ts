/** Events of the bus as Prometheus metrics. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { GroupEvent, KafkaEvent, PartitionLag, StoredEvent } from './events.ts';

const BATCH_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const MS_PER_SECOND = 1000;
const BY_GROUP = ['topic', 'group'] as const;

export function meterKafka(registry: Registry): (event: KafkaEvent) => void {
  const onStored = meterPublishing(registry);
  const onHandled = meterHandling(registry);
  const onGroup = meterGroups(registry);
  const onLag = meterLag(registry);
  return (event) => {
    if (event.kind === 'stored') return onStored(event);
    if (event.kind === 'lag') return onLag(event, event.partitions);
    onHandled(event);
    onGroup(event);
  };
}

function meterPublishing(registry: Registry) {
  const counter = counterOf(registry, ['topic']);
  const records = counter('chatwarden_bus_published_records_total', 'Records that Kafka has stored');
  const bytes = counter('chatwarden_bus_published_bytes_total', 'Bytes that Kafka has stored');
  return (event: StoredEvent) => {
    records.inc({ topic: event.topic }, event.records);
    bytes.inc({ topic: event.topic }, event.bytes);
  };
}

function meterHandling(registry: Registry) {
  const counter = counterOf(registry, BY_GROUP);
  const records = counter('chatwarden_bus_handled_records_total', 'Records that were handled');
  const dead = counter('chatwarden_bus_dead_records_total', 'Records that went to dead letters');
  const skipped = counter('chatwarden_bus_skipped_records_total', 'Records of a kind that this version does not know');
  const fields = counter('chatwarden_bus_unknown_fields_total', 'Fields of records that this version does not know');
  const batches = new Histogram({
    name: 'chatwarden_bus_batch_seconds',
    help: 'From taking a batch to having handled it',
    labelNames: BY_GROUP,
    buckets: BATCH_SECONDS,
    registers: [registry],
  });
  return (event: GroupEvent) => {
    const labels = labelsOf(event);
    if (event.kind === 'unknownFields') fields.inc(labels, event.fields);
    if (event.kind !== 'handled') return;
    records.inc(labels, event.records);
    dead.inc(labels, event.dead);
    skipped.inc(labels, event.skipped);
    batches.observe(labels, event.ms / MS_PER_SECOND);
  };
}

function meterGroups(registry: Registry) {
  const counter = counterOf(registry, BY_GROUP);
  const joins = counter('chatwarden_bus_rebalances_total', 'Times that a member joined its group');
  const failed = counter('chatwarden_bus_commit_failures_total', 'Positions that could not be committed');
  const restarts = counter('chatwarden_bus_consumer_restarts_total', 'Consumers that crashed or were stuck');
  const outOfRange = counter('chatwarden_bus_out_of_range_total', 'Positions that a topic did not have any more');
  const lost = counter('chatwarden_bus_lost_records_total', 'Records that retention took before they were handled');
  const tooNew = counter('chatwarden_bus_too_new_total', 'Partitions that wait for a newer version of this process');
  return (event: GroupEvent) => {
    const labels = labelsOf(event);
    if (event.kind === 'joined') joins.inc(labels);
    if (event.kind === 'commitFailed') failed.inc(labels);
    if (event.kind === 'restarted') restarts.inc(labels);
    if (event.kind === 'tooNew') tooNew.inc(labels);
    if (event.kind !== 'outOfRange') return;
    outOfRange.inc(labels);
    lost.inc(labels, event.lost);
  };
}

function meterLag(registry: Registry) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: [...BY_GROUP, 'partition'], registers: [registry] });
  const lag = gauge('chatwarden_bus_lag_records', 'Records of assigned partitions that are not handled');
  const oldest = gauge('chatwarden_bus_oldest_seconds', 'Age of the oldest record that is not handled');
  const shown = new Map<string, Set<number>>();
  return (event: GroupEvent, partitions: readonly PartitionLag[]) => {
    const labels = labelsOf(event);
    const key = `${labels.topic} ${labels.group}`;
    for (const partition of shown.get(key) ?? []) {
      // A partition that went to another member is that one's to tell of.
      lag.remove({ ...labels, partition });
      oldest.remove({ ...labels, partition });
    }
    shown.set(key, new Set(partitions.map(({ partition }) => partition)));
    for (const { partition, records, oldestMs } of partitions) {
      lag.set({ ...labels, partition }, records);
      oldest.set({ ...labels, partition }, oldestMs / MS_PER_SECOND);
    }
  };
}

function counterOf<L extends string>(registry: Registry, labelNames: readonly L[]) {
  return (name: string, help: string) =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
}

const labelsOf = ({ topic, group }: GroupEvent) => ({ topic, group });
