/** The role detect: judges the events of the shared topic, or of one group's own; the shared ones also what others have left. */
import { dedicatedTopic, DETECT_GROUP, type DedicatedTopic } from '@chatwarden/contracts';
import { NO_TRACING } from '@chatwarden/daemon';
import { createSettingsCache } from '@chatwarden/store';
import type { RoleDeps } from '../ports.ts';
import { adoptTopics } from './adopt-topics.ts';
import { createHandleEvents } from './handle-events.ts';
import { takeTurns } from './take-turns.ts';

/** What waits is judged together: a batch costs two round trips, however many it has. */
const BATCH_MAX = 500;

export async function startDetect({ ports, config, metrics }: RoleDeps): Promise<() => Promise<void>> {
  const { bus, store, keys, model, detector, clock, log, tracer = NO_TRACING, turns, readyWhen } = ports;
  const { contexts, evidence } = store;
  const { EVENTS_OF: groupId } = config;
  const settings = createSettingsCache(store.settings);
  settings.onErased(keys.forget);
  const topic = groupId === undefined ? 'events' : dedicatedTopic(groupId);
  const handle = createHandleEvents({
    bus,
    contexts,
    evidence,
    settings,
    keys,
    model,
    detector,
    clock,
    metrics,
    tracer,
  });
  const consume = (one: 'events' | DedicatedTopic) =>
    bus.subscribe({ topic: one, group: DETECT_GROUP, batchMax: BATCH_MAX, handle });
  const join = () => consume(topic);
  if (groupId === undefined) {
    const subscription = await join();
    const adopting = adoptTopics({
      list: store.retiredTopics.listUnreadTopics,
      join: (one) => consume(dedicatedTopic(one)),
      onChange: (adopted) => metrics.adopted.set(adopted),
      clock,
      log,
    });
    return async () => void (await Promise.all([adopting.stop(), subscription.close()]));
  }
  if (turns === undefined) {
    const subscription = await join();
    return () => subscription.close();
  }
  const { colour, membersOf } = turns;
  const { state, stop } = takeTurns({
    colour,
    gate: async () => {
      await settings.refresh();
      return settings.gateOf(groupId);
    },
    members: async () => (await membersOf(topic, DETECT_GROUP)).map(({ clientId }) => clientId),
    join,
    onTurn: (judges) => metrics.gate.set({ colour }, Number(judges)),
    clock,
    log,
  });
  readyWhen?.('gate', state);
  return stop;
}
