/** The role detect: judges the events of the shared topic, or of one group's own. */
import { dedicatedTopic, type DedicatedTopic } from '@chatwarden/contracts';
import { NO_TRACING } from '@chatwarden/daemon';
import { createSettingsCache } from '@chatwarden/store';
import type { RoleDeps } from '../ports.ts';
import { createHandleEvents } from './handle-events.ts';

/** What waits is judged together: a batch costs two round trips, however many it has. */
const BATCH_MAX = 500;

export async function startDetect({ ports, config, metrics }: RoleDeps): Promise<() => Promise<void>> {
  const { bus, store, keys, model, detector, clock, tracer = NO_TRACING } = ports;
  const { contexts, evidence } = store;
  const settings = createSettingsCache(store.settings);
  settings.onErased(keys.forget);
  const subscription = await bus.subscribe<'events' | DedicatedTopic>({
    topic: config.EVENTS_OF === undefined ? 'events' : dedicatedTopic(config.EVENTS_OF),
    group: 'alertd-detect',
    batchMax: BATCH_MAX,
    handle: createHandleEvents({ bus, contexts, evidence, settings, keys, model, detector, clock, metrics, tracer }),
  });
  return () => subscription.close();
}
