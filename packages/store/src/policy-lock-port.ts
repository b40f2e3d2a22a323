/** Fields of a policy that are set from outside: a part of the Store port. */
import type { GroupId, GroupPolicy, Revision } from '@chatwarden/contracts';

export interface PolicyLocks {
  /**
   * From now on these fields, and no others, are what `by` says: the group's policy takes them, and `changePolicy` refuses
   * to change them. Under a new revision, unless all of it is so already. Rejects with `unknownGroup` (never).
   */
  lockPolicy(
    groupId: GroupId,
    fields: Partial<GroupPolicy>,
    by: string,
  ): Promise<{ revision: Revision; policy: GroupPolicy }>;
  /** The fields keep their values and may be changed again. Harmless when nothing is locked. */
  unlockPolicy(groupId: GroupId): Promise<void>;
}
