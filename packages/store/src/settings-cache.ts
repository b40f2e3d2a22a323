/**
 * The settings that this process has applied. A record that carries a higher revision makes its consumer refresh
 * first, so that a change is obeyed by the next message, and a new group is known at once.
 */
import {
  dedicatedTopic,
  Failure,
  type Colour,
  type DedicatedTopic,
  type GroupId,
  type GroupPolicy,
  type Revision,
  type Route,
} from '@chatwarden/contracts';
import type { SettingsTable } from './store.ts';

export interface SettingsCache {
  revision(): Revision;
  /** Applies everything there is: for what people do, which is rare and must see the newest. */
  refresh(): Promise<void>;
  /** Rejects with the store's Failure when it is away: judging by old settings would be wrong. */
  refreshTo(revision: Revision): Promise<void>;
  /** Throws Failure `unknownGroup` (now): the group is newer than these settings, or a record names one that never was. */
  policyOf(groupId: GroupId): GroupPolicy;
  /** Where the group's events are published. */
  topicOf(groupId: GroupId): 'events' | DedicatedTopic;
  /** Undefined where that was never said, and the topic is the shared one. */
  routeOf(groupId: GroupId): Route | undefined;
  /** Which colour of the group's own detector consumes; undefined where that was never said. */
  gateOf(groupId: GroupId): Colour | undefined;
  /** What is still on its way from such a group is nobody's. */
  isErased(groupId: GroupId): boolean;
  /** For whoever remembers more of a group than its settings. */
  onErased(forget: (groupId: GroupId) => void): void;
}

export function createSettingsCache(table: Pick<SettingsTable, 'settingsSince'>): SettingsCache {
  const policies = new Map<GroupId, GroupPolicy>();
  const routes = new Map<GroupId, Route>();
  const gates = new Map<GroupId, Colour>();
  const erased = new Set<GroupId>();
  const listeners: ((groupId: GroupId) => void)[] = [];
  let applied: Revision = 0;
  let refreshing: Promise<void> | null = null;

  async function read(): Promise<void> {
    const settings = await table.settingsSince(applied);
    for (const { groupId, policy } of settings.groups) policies.set(groupId, policy);
    for (const route of settings.routes) routes.set(route.groupId, route);
    for (const { groupId, colour } of settings.gates) gates.set(groupId, colour);
    for (const groupId of settings.erased) erase(groupId);
    applied = Math.max(applied, settings.revision);
  }

  function erase(groupId: GroupId): void {
    erased.add(groupId);
    policies.delete(groupId);
    routes.delete(groupId);
    gates.delete(groupId);
    for (const forget of listeners) forget(groupId);
  }

  function refresh(): Promise<void> {
    return (refreshing ??= read().finally(() => (refreshing = null)));
  }

  async function refreshTo(revision: Revision): Promise<void> {
    while (applied < revision) {
      const before = applied;
      // One under way may have been asked for before the change was there.
      const joins = refreshing !== null;
      await refresh();
      // A record from a future that this database does not know: nothing newer is to be had.
      if (applied === before && !joins) return;
    }
  }

  function policyOf(groupId: GroupId): GroupPolicy {
    const policy = policies.get(groupId);
    if (!policy) throw new Failure('unknownGroup', 'now', { message: `no settings for group ${groupId} yet` });
    return policy;
  }

  const topicOf = (groupId: GroupId) => (routes.get(groupId)?.dedicated ? dedicatedTopic(groupId) : 'events');

  return {
    revision: () => applied,
    refresh,
    refreshTo,
    policyOf,
    topicOf,
    routeOf: (groupId) => routes.get(groupId),
    gateOf: (groupId) => gates.get(groupId),
    isErased: (groupId) => erased.has(groupId),
    onErased: (forget) => void listeners.push(forget),
  };
}
