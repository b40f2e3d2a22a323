/**
 * Whether the index is so far behind that the bus might forget what is not indexed: the oldest such record is half as old
 * as the topic keeps records. Asked now and then; while nobody can tell, the last answer stands.
 */
import { TOPICS, type Clock, type Millis } from '@chatwarden/contracts';
import { runLoop } from '@chatwarden/daemon';
import type { KafkaBus } from '@chatwarden/bus';
import { INDEX_GROUP } from './start-indexing.ts';

export interface IndexLag {
  isBehind(): boolean;
  /** Resolves when the signal aborts. */
  watch(signal: AbortSignal): Promise<void>;
}

const BEHIND_MS: Millis = TOPICS.logs.retentionMs / 2;
const LOOK_MS = 30_000;

export function createIndexLag(bus: Pick<KafkaBus, 'hasUnhandledBefore'>, clock: Clock): IndexLag {
  let behind = false;

  async function look(): Promise<number> {
    behind = await bus.hasUnhandledBefore('logs', INDEX_GROUP, clock.now() - BEHIND_MS);
    return LOOK_MS;
  }

  return {
    isBehind: () => behind,
    watch: (signal) => runLoop({ name: 'index lag', clock, signal, step: look, onError: () => {} }),
  };
}
