/** What one reconcile knows and decides, handed from step to step. */
import type {
  ConditionType,
  GroupId,
  Isolation,
  Millis,
  TelegramGroup,
  TelegramGroupStatus,
} from '@chatwarden/contracts';
import type { Sizing } from '../desired/sizing.ts';
import type { RolloutPlan } from './rollout/plan-rollout.ts';

export type Said = { status: 'True' | 'False' | 'Unknown'; reason: string; message: string };

export interface Work {
  /** `namespace/name`. */
  readonly key: string;
  readonly group: TelegramGroup;
  readonly now: Millis;
  /** What this reconcile says of the group; what it does not say stays as it was said before. */
  readonly said: Map<ConditionType, Said>;
  /** Goes into the status as it is. */
  readonly status: Partial<Omit<TelegramGroupStatus, 'conditions' | 'observedGeneration'>>;
  /** Not ready yet for a reason that passes by itself; the first one counts. */
  readonly waits: Said[];
  /** Will not get better by itself; the first one counts. */
  readonly stalls: Said[];
  /** The soonest counts. */
  again(afterMs: Millis): void;
  chat?: { groupId: GroupId; chatId: number; botId: number };
  place?: Isolation;
  partitions?: number;
  sizing?: Sizing;
  rollout?: RolloutPlan;
}

export type Step = (work: Work) => Promise<'next' | 'end'>;

export function say(work: Work, type: ConditionType, said: Said): void {
  work.said.set(type, said);
}

export const yes = (reason: string, message = ''): Said => ({ status: 'True', reason, message });
export const no = (reason: string, message: string): Said => ({ status: 'False', reason, message });
export const unknown = (reason: string, message: string): Said => ({ status: 'Unknown', reason, message });
