/**
 * Follows the settings and tells by which routes this process publishes. Whoever moves a group to another topic waits until
 * every publisher has said that it knows, before the consumers of the old topic go. So a publisher is listed before it reads
 * the routes for the first time, and says that it has applied some only when nothing of its is on the way by older ones.
 */
import { messageOf, type Clock, type Millis, type Revision } from '@chatwarden/contracts';
import { runLoop, type Logger, type LoopFailure } from '@chatwarden/daemon';
import type { Publishers, SettingsCache } from '@chatwarden/store';

export interface FollowRoutesDeps {
  publishers: Pick<Publishers, 'reportPublisher' | 'withdrawPublisher'>;
  settings: Pick<SettingsCache, 'refresh' | 'revision'>;
  /** Of this process, unique among live ones. */
  name: string;
  clock: Clock;
  log: Logger;
}

export interface Routes {
  /** Runs what publishes by the routes that are known when it begins. */
  inUse<T>(publish: () => Promise<T>): Promise<T>;
  /** Resolves when this process is listed with routes that it has read: nothing is to be published before. */
  listed: Promise<void>;
  /** Until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
  /** To be called when nothing is published any more; what cannot be told is logged. */
  withdraw(): Promise<void>;
}

const EVERY_MS = 1000;
/** Long, since nothing happens when it is over: somebody looks whether this process is still there. */
const TERM_MS = 60_000;
const RENEW_MS = TERM_MS / 3;

export function followRoutes({ publishers, settings, name, clock, log }: FollowRoutesDeps): Routes {
  const listed = Promise.withResolvers<void>();
  const onTheWay = new Set<{ by: Revision }>();
  let told: { revision: Revision; at: Millis } | undefined;

  async function inUse<T>(publish: () => Promise<T>): Promise<T> {
    const mine = { by: settings.revision() };
    onTheWay.add(mine);
    try {
      return await publish();
    } finally {
      onTheWay.delete(mine);
    }
  }

  async function tell(revision: Revision): Promise<void> {
    const at = clock.now();
    await publishers.reportPublisher({ name, revision, at, termMs: TERM_MS });
    told = { revision, at };
  }

  async function step(): Promise<number> {
    // Of no routes yet: whoever changes them now knows that this process may read those before the change.
    if (!told) await tell(0);
    await settings.refresh();
    const revision = Math.min(settings.revision(), ...[...onTheWay].map(({ by }) => by));
    if (revision !== told?.revision || clock.now() - told.at >= RENEW_MS) await tell(revision);
    listed.resolve();
    return EVERY_MS;
  }

  function follow(signal: AbortSignal): Promise<void> {
    const onError = ({ error, failures }: LoopFailure) => {
      if (failures === 1) log.warn({ err: error }, `settings stay as they are: ${messageOf(error)}`);
    };
    return runLoop({ name: 'settings', clock, signal, step, onError });
  }

  async function withdraw(): Promise<void> {
    // What is still on its way may need a consumer: then it is for others to see that this process is gone.
    if (!told || onTheWay.size > 0) return;
    try {
      await publishers.withdrawPublisher(name);
    } catch (error) {
      log.warn({ err: error }, `still listed as a publisher, until somebody sees that it is gone: ${messageOf(error)}`);
    }
  }

  return { inUse, listed: listed.promise, follow, withdraw };
}
