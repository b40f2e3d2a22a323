/** Conditions by the API conventions: https://github.com/kubernetes/community, api-conventions.md, "Typical status properties". */
import type { Millis } from '@chatwarden/contracts';
import { canonical, isRecord } from '../canonical.ts';
import { toTime } from '../micro-time.ts';

export interface Condition<Type extends string = string> {
  /** An adjective or a past participle: `Ready`, `Paused`. */
  type: Type;
  status: 'True' | 'False' | 'Unknown';
  /** CamelCase, never empty. */
  reason: string;
  message: string;
  /** Of the spec that this was found for. */
  observedGeneration?: number;
  /** RFC 3339. When `status` last became another. */
  lastTransitionTime: string;
}

export type NewCondition<Type extends string = string> = Omit<Condition<Type>, 'lastTransitionTime'>;

/** A list in which this condition has taken the place of its predecessor; the time stays unless the status flips. */
export function setCondition<Type extends string>(
  conditions: readonly Condition<Type>[],
  next: NewCondition<Type>,
  now: Millis,
): Condition<Type>[] {
  const old = findCondition(conditions, next.type);
  const lastTransitionTime = old?.status === next.status ? old.lastTransitionTime : toTime(now);
  const condition = { ...next, lastTransitionTime };
  return old ? conditions.map((other) => (other === old ? condition : other)) : [...conditions, condition];
}

export function findCondition<Type extends string>(
  conditions: readonly Condition<Type>[] | undefined,
  type: Type,
): Condition<Type> | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/**
 * Whether two statuses say the same. The order of fields and of conditions, undefined fields, and the time of a
 * transition that was none do not count: who writes only what differs never triggers itself.
 */
export function sameStatus(a: object | undefined, b: object | undefined): boolean {
  return canonical(comparable(a)) === canonical(comparable(b));
}

function comparable(status: object | undefined): unknown {
  if (!isRecord(status) || !Array.isArray(status['conditions'])) return status ?? {};
  const conditions = (status['conditions'] as Condition[])
    .map((condition) => ({ ...condition, lastTransitionTime: undefined }))
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
  return { ...status, conditions };
}
