/**
 * A TelegramGroup that went by force, its finalizer removed by hand or not waited for, has left its group steered: events
 * may go to a topic that nobody consumes, fields stay locked, the chat stays taken. What was noted when it began says whose
 * groups those are, and the leading operator undoes here what the finalizer could not. Groups that another cluster
 * steers, or that are in a namespace that is not watched, are none of ours.
 */
import { messageOf, TELEGRAM_GROUP, type Clock, type TelegramGroup } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import { atOf, type KubeObject } from '@chatwarden/kube';
import type { SettingsCache, SteeredGroup, Store } from '@chatwarden/store';
import { shareRoute } from './share-route.ts';
import type { ToldEvent } from './tell-changes.ts';

export interface SweepOrphansDeps {
  store: Pick<Store, 'steered' | 'settings' | 'policyLocks' | 'claims' | 'retiredTopics'>;
  settings: Pick<SettingsCache, 'routeOf' | 'refreshTo' | 'isErased'>;
  /** Undefined where the cluster does not say which it is: then nobody knows whose groups are whose. */
  cluster: string | undefined;
  watches(namespace: string): boolean;
  groups: {
    hasSynced(): boolean;
    get(namespace: string, name: string): TelegramGroup | undefined;
    /** Of the API server itself. */
    ask(namespace: string, name: string): Promise<TelegramGroup | undefined>;
  };
  events: { record(regarding: KubeObject, event: ToldEvent): void };
  /** Looks again at whoever has the chat, or waits for it. */
  wake(chatId: number): void;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

/** Resolves to how many groups were given back. */
export async function sweepOrphans(deps: SweepOrphansDeps): Promise<number> {
  const { store, cluster, groups, log } = deps;
  if (cluster === undefined || !groups.hasSynced()) return 0;
  let swept = 0;
  for (const steered of await store.steered.listSteered(cluster)) {
    try {
      if (!(await isOrphan(deps, steered))) continue;
      await giveBack(deps, steered);
      tell(deps, steered);
      swept += 1;
    } catch (error) {
      const { claimant, groupId } = steered;
      const message = `the group of the TelegramGroup ${claimant}, which is gone, could not be given back yet`;
      log.warn({ err: error, groupId }, `${message}: ${messageOf(error)}`);
    }
  }
  return swept;
}

/** The cache may not show yet what was just made; the API server is asked before anything is undone. */
async function isOrphan({ groups, watches }: SweepOrphansDeps, { claimant, chatId }: SteeredGroup): Promise<boolean> {
  const { namespace = '', name } = atOf(claimant);
  const hasIt = (group: TelegramGroup | undefined) => group?.spec.chatId === chatId;
  if (!watches(namespace) || hasIt(groups.get(namespace, name))) return false;
  return !hasIt(await groups.ask(namespace, name));
}

/** The note goes last, so that whatever fails is done again. */
async function giveBack(deps: SweepOrphansDeps, steered: SteeredGroup): Promise<void> {
  const { store, settings, clock, wake } = deps;
  const { groupId, chatId, claimant } = steered;
  if (!settings.isErased(groupId)) await shareRoute(deps, groupId);
  // Whether it had a topic Kafka knows, which may be away: sweep-topics forgets what does not exist.
  await store.retiredTopics.retireTopic(groupId, clock.now());
  await store.policyLocks.unlockPolicy(groupId);
  await store.claims.releaseClaim({ chatId, claimant });
  await store.steered.forgetSteered(steered);
  // Another one that has taken the chat meanwhile sets right what it finds changed.
  wake(chatId);
}

function tell({ events, log }: SweepOrphansDeps, { claimant, groupId }: SteeredGroup): void {
  const { apiVersion, kind } = TELEGRAM_GROUP;
  const message =
    'it was gone before its group was given back: the shared detectors judge the group now, and what is left in its topic';
  log.warn({ groupId, telegramGroup: claimant }, `${kind} ${claimant}: ${message}`);
  const regarding = { apiVersion, kind, metadata: atOf(claimant) };
  events.record(regarding, { type: 'Warning', reason: 'Orphaned', message, action: 'Sweep' });
}
