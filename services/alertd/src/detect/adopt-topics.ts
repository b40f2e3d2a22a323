/**
 * Topics of groups whose own detectors went before they had judged everything: the shared ones consume them, in the same
 * consumer group and so from where the others stopped, for as long as the operator says that something is left.
 */
import type { Subscription } from '@chatwarden/bus';
import { messageOf, type Clock, type GroupId } from '@chatwarden/contracts';
import { runLoop, type Logger, type LoopFailure } from '@chatwarden/daemon';
import { unlessAborted } from './unless-aborted.ts';

export interface AdoptTopicsDeps {
  /** Groups in whose topics something is left. */
  list(): Promise<readonly GroupId[]>;
  join(groupId: GroupId): Promise<Subscription>;
  /** How many are consumed, whenever that changes. */
  onChange(adopted: number): void;
  clock: Clock;
  log: Logger;
}

interface Adopted {
  leave: AbortController;
  /** Joining waits for a Kafka that is away, and the other topics must not. */
  joined: Promise<Subscription | undefined>;
}

const EVERY_MS = 5000;

/** `stop` leaves all of them. */
export function adoptTopics(deps: AdoptTopicsDeps): { stop(): Promise<void> } {
  const { clock, log } = deps;
  const adopted = new Map<GroupId, Adopted>();
  const stopping = new AbortController();

  function begin(groupId: GroupId): void {
    const leave = new AbortController();
    const joined = unlessAborted(deps.join(groupId), leave.signal).catch((error: unknown) => {
      log.warn({ err: error, groupId }, `what is left of a group cannot be judged yet: ${messageOf(error)}`);
      adopted.delete(groupId);
      return undefined;
    });
    adopted.set(groupId, { leave, joined });
    log.info({ groupId }, 'judges what is left in the topic of a group whose own detectors are gone');
  }

  async function end(groupId: GroupId): Promise<void> {
    const { leave, joined } = adopted.get(groupId) ?? {};
    adopted.delete(groupId);
    leave?.abort();
    await (await joined)?.close();
  }

  async function step(): Promise<number> {
    const left = new Set(await deps.list());
    for (const groupId of left) if (!adopted.has(groupId)) begin(groupId);
    for (const groupId of adopted.keys()) if (!left.has(groupId)) await end(groupId);
    deps.onChange(adopted.size);
    return EVERY_MS;
  }

  const onError = ({ error, failures }: LoopFailure) => {
    if (failures === 1) log.warn({ err: error }, `topics to adopt could not be read: ${messageOf(error)}`);
  };
  const loop = runLoop({ name: 'adopted topics', clock, signal: stopping.signal, step, onError });

  return {
    async stop() {
      stopping.abort();
      await loop;
      await Promise.all([...adopted.keys()].map(end));
    },
  };
}
