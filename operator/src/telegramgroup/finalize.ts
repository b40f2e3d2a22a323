/**
 * A TelegramGroup that is deleted: its group goes back to the shared detectors, its claim and its locks end, and then the
 * object may go. What cannot be done in time, or is not wanted, holds nobody up: sweep-orphans.ts goes on with it.
 */
import { messageOf, type Millis } from '@chatwarden/contracts';
import type { KubeClient } from '@chatwarden/kube';
import type { Store } from '@chatwarden/store';
import { ANNOTATIONS } from '../desired/names.ts';
import type { Retire } from './retire.ts';
import { applyFinalizers, FINALIZER } from './steps/hold-finalizer.ts';
import { yes, type Work } from './work.ts';

export interface FinalizeDeps {
  client: Pick<KubeClient, 'apply'>;
  store: Pick<Store, 'groups' | 'claims' | 'policyLocks' | 'steered'>;
  /** As in steps/note-steering.ts. */
  cluster: string | undefined;
  retire: Retire;
  timeoutMs: Millis;
  tell(work: Work, event: { type: 'Normal' | 'Warning'; reason: string; message: string }): void;
}

const LOOK_AGAIN_MS = 2000;

export type Finalize = (work: Work) => Promise<void>;

export function createFinalize({ client, store, cluster, retire, timeoutMs, tell }: FinalizeDeps): Finalize {
  async function letGo(work: Work): Promise<void> {
    await applyFinalizers(client, work.group, []);
  }

  /** Resolves to what is still waited for. */
  async function undo(work: Work): Promise<string | undefined> {
    const { chatId } = work.group.spec;
    const chat = await store.groups.findGroupByChat(chatId);
    const retired = chat ? await retire(work, chat.groupId) : undefined;
    if (retired?.state === 'waits') return retired.message;
    if (chat) await store.policyLocks.unlockPolicy(chat.groupId);
    await store.claims.releaseClaim({ chatId, claimant: work.key });
    // Of a group that was erased meanwhile the note stays, and with it what finds its topic: sweep-orphans.ts.
    if (chat && cluster !== undefined) {
      await store.steered.forgetSteered({ groupId: chat.groupId, cluster, claimant: work.key });
    }
    return undefined;
  }

  return async (work) => {
    const { metadata } = work.group;
    if (!metadata.finalizers?.includes(FINALIZER)) return;
    const isForced = metadata.annotations?.[ANNOTATIONS.forceDelete] === 'true';
    const isLate = work.now > Date.parse(metadata.deletionTimestamp ?? '') + timeoutMs;
    const waitsFor = await undo(work).catch((error: unknown) => messageOf(error));
    if (waitsFor === undefined) return letGo(work);
    if (isForced || isLate) {
      const why = isForced ? `the annotation ${ANNOTATIONS.forceDelete} says so` : 'it took too long';
      const message = `deleted before all was done, since ${why}; the operator goes on with it: ${waitsFor}`;
      tell(work, { type: 'Warning', reason: 'DeletedEarly', message });
      return letGo(work);
    }
    work.waits.push(yes('Deleting', waitsFor));
    work.again(LOOK_AGAIN_MS);
  };
}
