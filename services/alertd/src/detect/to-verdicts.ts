/**
 * Adds what a pure function cannot: the time, and the sender's id under the group's key where an action may need it.
 * Allowed verdicts carry no id at all.
 */
import { isSanctionable, recordTraceparent, type Verdict } from '@chatwarden/contracts';
import { sealId } from '@chatwarden/keys';
import type { DetectDeps } from './detect-deps.ts';
import type { Judged } from './judged.ts';

export function toVerdicts(judged: readonly Judged[], { keys, clock, metrics }: DetectDeps): Promise<Verdict[]> {
  return Promise.all(
    judged.map(async ({ event, judgement }): Promise<Verdict> => {
      const judgedAt = clock.now();
      metrics.deliveryToVerdict.observe((judgedAt - event.receivedAt) / 1000);
      const verdict = { ...judgement, judgedAt, traceparent: recordTraceparent(event.traceparent, judgement.id) };
      if (judgement.band === 'allow' || !isSanctionable(event.sender)) return verdict;
      const sealed = sealId(await keys.key(event.groupId, 'seal'), event.groupId, event.sender.id);
      return { ...verdict, targets: { ...judgement.targets, sender: sealed } };
    }),
  );
}
