/** Judges events in order; what one event teaches is known to the next. Pure but for the measuring. */
import { isNewcomer, isTextKey, judge } from '@chatwarden/detector';
import { sightingsOf, type Shared } from './campaigns.ts';
import type { DetectDeps } from './detect-deps.ts';
import type { Judged } from './judged.ts';
import { senderOf, type BatchMemory } from './load-contexts.ts';

export function judgeBatch(
  batch: readonly Shared[],
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
    const sightings = sightingsOf({ event, judgement, isNewcomer: isNewcomer(context) }, shared);
    contexts.set(sender, { ...known, sender: next });
    campaigns.add(sightings);
    metrics.verdicts.inc({ band: judgement.band });
    const text = shared.find(({ key }) => isTextKey(key));
    return { event, judgement, next, sightings, ...(text ? { textDigest: text.digest } : {}) };
  });
}
