/**
 * Which publishers may still publish by older routes. One whose entry has expired is gone only when its pod is: it may be
 * alive and cut off from the database alone.
 */
import type { Millis, Revision } from '@chatwarden/contracts';
import type { Store } from '@chatwarden/store';

export interface PublishersBehindDeps {
  store: Pick<Store, 'publishers'>;
  /** Whether there is a pod of that name; a name that is no pod's counts as there for `strangerMs` after it expired. */
  isThere(name: string): Promise<boolean>;
}

export type PublishersBehind = (revision: Revision, now: Millis) => Promise<string[]>;

export function createPublishersBehind({ store, isThere }: PublishersBehindDeps): PublishersBehind {
  return async (revision, now) => {
    const behind = await store.publishers.publishersBehind(revision, now);
    const left: string[] = [];
    for (const { name, expired, expiresAt } of behind) {
      const gone = expired && !(await isThere(name)) && (await store.publishers.dropPublisher({ name, expiresAt }));
      if (!gone) left.push(name);
    }
    return left;
  };
}
