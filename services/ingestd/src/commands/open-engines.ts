/** Kafka and OpenSearch as the settings say. */
import { openConfiguredBus, type KafkaBus } from '@chatwarden/bus';
import { KEEP_DAYS } from '@chatwarden/contracts';
import type { ServiceFrame } from '@chatwarden/daemon';
import {
  openOpenSearch,
  openOpenSearchSpans,
  type OpenSearchLogStore,
  type OpenSearchSpanStore,
} from '@chatwarden/logstore';
import type { IngestdProcessConfig } from '../config.ts';

export type Frame = ServiceFrame<IngestdProcessConfig>;

/** Waits for a Kafka that is away. */
export async function openBus(frame: Frame): Promise<KafkaBus> {
  const { config, instance, clock, log, metrics, lifecycle, open, fail: onStuck } = frame;
  const { registry } = metrics;
  const bus = await open('Kafka', () =>
    openConfiguredBus(config, { clientId: instance, topics: ['logs', 'logs.refused'], clock, log, registry, onStuck }),
  );
  lifecycle.onStop('Kafka', () => bus.close());
  return bus;
}

/** Waits for an OpenSearch that is away, and brings its template up to date before anything is written. */
export async function openSink({ config, clock, log, lifecycle, open }: Frame): Promise<OpenSearchLogStore> {
  const sink = openOpenSearch(config, { clock, log, keepDays: KEEP_DAYS });
  lifecycle.onStop('OpenSearch', () => sink.close());
  await open('OpenSearch', () => sink.install());
  return sink;
}

/** The same for spans. */
export async function openSpans({ config, clock, log, lifecycle, open }: Frame): Promise<OpenSearchSpanStore> {
  const spanStore = openOpenSearchSpans(config, { clock, log, keepDays: KEEP_DAYS });
  lifecycle.onStop('OpenSearch, for spans', () => spanStore.close());
  await open('OpenSearch', () => spanStore.install());
  return spanStore;
}
