/** Who steers which group from outside, for the time after: a part of the Store port. */
import type { GroupId } from '@chatwarden/contracts';

export interface SteeredGroup {
  groupId: GroupId;
  /** As the claimant stated it: it may be a former one. */
  chatId: number;
  /** What tells those apart that share a database: a claimant is unique within its own cluster only. */
  cluster: string;
  /** `namespace/name`. */
  claimant: string;
}

export interface SteeredGroups {
  /** To be said before anything is done for the group. The newest word counts. Writes only when that is a change. */
  noteSteered(group: SteeredGroup): Promise<void>;
  listSteered(cluster: string): Promise<SteeredGroup[]>;
  /** All that was done is undone. Harmless when another steers the group by now. */
  forgetSteered(group: Omit<SteeredGroup, 'chatId'>): Promise<void>;
}
