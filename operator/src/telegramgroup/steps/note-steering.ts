/** From here on things are done for the group outside of the cluster: whose they are must be known when the object is gone. */
import type { Store } from '@chatwarden/store';
import type { Step } from '../work.ts';

export interface NoteSteeringDeps {
  store: Pick<Store, 'steered'>;
  cluster: string | undefined;
}

export function createNoteSteering({ store, cluster }: NoteSteeringDeps): Step {
  return async ({ chat, group, key }) => {
    if (!chat || cluster === undefined) return 'next';
    const { chatId } = group.spec;
    await store.steered.noteSteered({ groupId: chat.groupId, chatId, cluster, claimant: key });
    return 'next';
  };
}
