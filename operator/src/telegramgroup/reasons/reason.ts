/** What docs/telegramgroup.md says of a reason. */
export interface Reason {
  reason: string;
  status: 'True' | 'False' | 'Unknown';
  means: string;
  /** Absent where there is nothing to do. */
  todo?: string;
}

/** What a condition says, and its reasons; those that Ready takes over from another condition stand there. */
export interface ConditionText {
  about: string;
  reasons: readonly Reason[];
}

export const NOT_OBSERVED: Reason = {
  reason: 'NotObserved',
  status: 'Unknown',
  means: 'The operator has not come to this yet, or something before it is missing.',
  todo: 'Look at the conditions that are False; if there are none for minutes, look whether the operator runs.',
};

/** The same reason in several conditions, which do not apply to a group that shares. */
export const shared = (status: Reason['status'], means: string): Reason => ({ reason: 'Shared', status, means });
