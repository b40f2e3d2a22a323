import type { KafkaBus } from '@chatwarden/bus';
import { KEEP_DAYS } from '@chatwarden/contracts';
import type { ServiceDefinition } from '@chatwarden/daemon';
import { createBusDurable } from '../accept/to-bus.ts';
import { hasRole, IngestdProcessConfig, readProcessConfig } from '../config.ts';
import { startIndexing } from '../index/start-indexing.ts';
import { createIndexLag } from '../index/watch-index-lag.ts';
import { wire } from '../wire.ts';
import { traceSink } from '../traces/document-spans.ts';
import { openBus, openSink, openSpans, type Frame } from './open-engines.ts';

/** `node src/main.ts`: the door, the index, or both, as ROLES says. */
export const RUN: ServiceDefinition<IngestdProcessConfig> = {
  name: 'ingestd',
  about:
    'Takes logs and traces, and indexes them. Commands: none to serve, replay to post documents again that the index ' +
    'refused, key to make an API key.',
  schema: IngestdProcessConfig,
  readConfig: readProcessConfig,
  async start(frame) {
    const bus = await openBus(frame);
    if (hasRole(frame.config, 'index')) await index(frame, bus);
    if (hasRole(frame.config, 'accept')) await accept(frame, bus);
  },
};

async function index(frame: Frame, bus: KafkaBus): Promise<void> {
  const { clock, metrics, tracer, lifecycle, open, config } = frame;
  const sink = traceSink(await openSink(frame), tracer);
  const prefix = config.OPENSEARCH_PREFIX;
  const subscription = await open('Kafka', () => startIndexing({ bus, sink, clock, metrics, prefix }));
  lifecycle.onStop('indexing', () => subscription.close());
}

async function accept(frame: Frame, bus: KafkaBus): Promise<void> {
  const { clock, log, metrics, tracer, lifecycle, config, signal, readyWhen } = frame;
  const lag = createIndexLag(bus, clock);
  void lag.watch(signal);
  const ports = {
    durable: createBusDurable(bus),
    spanStore: await openSpans(frame),
    tracer,
    clock,
    log,
    metrics,
    keepDays: KEEP_DAYS,
    isIndexBehind: lag.isBehind,
  };
  const door = await wire(ports, config);
  lifecycle.onStop('door', () => door.close());
  readyWhen('accepting', () => {
    const waits = door.ready().find(({ ok }) => !ok);
    if (waits) throw new Error(waits.reason ?? 'stopping');
  });
  log.info(`taking logs on ${(await door.listen()).url}`);
}
