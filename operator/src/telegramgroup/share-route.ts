import type { GroupId } from '@chatwarden/contracts';
import type { SettingsCache, Store } from '@chatwarden/store';

export interface ShareRouteDeps {
  store: Pick<Store, 'settings'>;
  settings: Pick<SettingsCache, 'routeOf' | 'refreshTo'>;
}

/** The group's events go to the shared topic from now on, unless they do already. */
export async function shareRoute({ store, settings }: ShareRouteDeps, groupId: GroupId): Promise<void> {
  if (!settings.routeOf(groupId)?.dedicated) return;
  const { revision } = await store.settings.changeRoute(groupId, { dedicated: false });
  await settings.refreshTo(revision);
}
