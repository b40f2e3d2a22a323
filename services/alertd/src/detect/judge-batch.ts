/** Judges events in order; what one event teaches is known to the next. Pure but for the measuring. */
import { isNewcomer, judge, type Prepared } from '@chatwarden/detector';
import { sightingsOf, type SharedKey } from './campaigns.ts';
import type { DetectDeps } from './detect-deps.ts';
import type { Judged } from './judged.ts';
import { senderOf, type BatchMemory } from './load-contexts.ts';

export function judgeBatch(
  batch: readonly { prepared: Prepared; shared: readonly SharedKey[] }[],
  { contexts, campaigns }: BatchMemory,
  { settings, model, detector, metrics }: DetectDeps,
): Judged[] {
  return batch.map(({ prepared, shared }) => {
    const { event } = prepared;
    const sender = senderOf(event);
    const known = contexts.get(sender);
    if (!known) throw new Error(`no context was loaded for the sender of event ${event.id}`);
    const context = { ...known, campaigns: campaigns.countsFor(prepared, shared) };
    const policy = settings.policyOf(event.groupId);
    const { judgement, next } = judge({ prepared, context, policy, model, detectorVersion: detector });
    const judged = { event, judgement, next, isNewcomer: isNewcomer(context) };
    contexts.set(sender, { ...known, sender: next });
    campaigns.add(sightingsOf(judged, shared));
    metrics.verdicts.inc({ band: judgement.band });
    return judged;
  });
}
