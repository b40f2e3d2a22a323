/** Conditions that changed become Events, so that `kubectl describe` tells the story; what stays the same is not repeated. */
import type { Condition, ConditionType, TelegramGroup, TelegramGroupStatus } from '@chatwarden/contracts';

export interface ToldEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  action: string;
}

/** Good news when they are False. */
const BAD_WHEN_TRUE: readonly ConditionType[] = ['Stalled', 'DedicatedRecommended'];
/** They sum up, or come and go with the others. */
const SILENT: readonly ConditionType[] = ['Ready', 'Reconciling'];
/** As most groups are from their first look on: thousands of them would tell it all at once. */
const USUAL: readonly string[] = ['NotPaused', 'NotStalled', 'UpToDate', 'Valid', 'LowRate', 'Dedicated'];
/** Said by several conditions of a group without detectors of its own: one of them tells it, and it is no trouble. */
const SHARED = 'Shared';
const TELLS_SHARED: ConditionType = 'WorkloadAvailable';

export function eventsOf(
  { status: before }: TelegramGroup,
  { conditions = [], ...after }: TelegramGroupStatus,
): ToldEvent[] {
  const former = new Map((before?.conditions ?? []).map((condition) => [condition.type, condition]));
  const told = conditions
    .filter(({ type }) => !SILENT.includes(type))
    .filter((condition) => isNews(condition, former.get(condition.type)))
    .map((condition) => ({
      type: isBad(condition) ? ('Warning' as const) : ('Normal' as const),
      reason: condition.reason,
      message: condition.message === '' ? `${condition.type} is ${condition.status}` : condition.message,
      action: condition.type,
    }));
  if (before?.activeColor === undefined || after.activeColor === before.activeColor) return told;
  const message = `the ${after.activeColor} detectors judge now, the ${before.activeColor} ones stand by`;
  return [...told, { type: 'Normal', reason: 'Switched', message, action: 'Rollout' }];
}

function isNews({ type, status, reason }: Condition, former: Condition | undefined): boolean {
  if (status === 'Unknown' || (reason === SHARED && type !== TELLS_SHARED)) return false;
  if (!former) return !USUAL.includes(reason);
  return former.reason !== reason || former.status !== status;
}

function isBad({ type, status }: Condition): boolean {
  return BAD_WHEN_TRUE.includes(type) ? status === 'True' : status === 'False' && type !== 'Paused';
}
