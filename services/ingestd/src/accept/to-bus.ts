import type { Bus } from '@chatwarden/bus';
import type { Durable } from './durable.ts';
import { toChunks } from './to-chunks.ts';

/** Durable as soon as the topic `logs` has them; whether they are new is found out when they are indexed. */
export function createBusDurable(bus: Pick<Bus, 'publish'>): Durable {
  return {
    async keep(documents) {
      await bus.publish('logs', toChunks(documents));
      return { refused: [] };
    },
  };
}
