/** What may change while the system runs, as one consumer sees it: everything newer than the revision it had. */
import type { GroupId, Revision } from './ids.ts';
import type { GroupPolicy } from './policy.ts';

export interface GroupSettings {
  groupId: GroupId;
  /** Revision of this policy, not of the whole. */
  revision: Revision;
  policy: GroupPolicy;
}

/** Whether a group's events have a topic of their own. */
export interface Route {
  groupId: GroupId;
  /** Revision of this route, not of the whole. */
  revision: Revision;
  dedicated: boolean;
}

export interface Settings {
  /** Everything up to here is in. */
  revision: Revision;
  groups: GroupSettings[];
  routes: Route[];
  /** Groups that are no more. */
  erased: GroupId[];
}
