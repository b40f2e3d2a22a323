import type { GroupId, Millis } from './ids.ts';

/** Counts of one hour of one group, weights of samples taken into account. */
export interface HourCount {
  groupId: GroupId;
  /** Start of the hour. */
  hour: Millis;
  dataset: string;
  /** Band of a verdict, or kind of an action. */
  name: string;
  count: number;
}
