/** Judges events in order; what one event teaches about its sender is known to the next. Pure but for the measuring. */
import type { ChatEvent, Judgement, SenderContext } from '@chatwarden/contracts';
import { judge, prepare } from '@chatwarden/detector';
import type { DetectDeps } from './detect-deps.ts';
import { senderOf, type SenderContexts } from './load-contexts.ts';

export interface Judged {
  event: ChatEvent;
  judgement: Judgement;
  next: SenderContext;
}

export function judgeBatch(
  events: readonly ChatEvent[],
  contexts: SenderContexts,
  { settings, model, detector, metrics }: DetectDeps,
): Judged[] {
  return events.map((event) => {
    const sender = senderOf(event);
    const context = contexts.get(sender);
    if (!context) throw new Error(`no context was loaded for the sender of event ${event.id}`);
    const { judgement, next } = judge({
      prepared: prepare(event),
      context,
      policy: settings.policyOf(event.groupId),
      model,
      detectorVersion: detector,
    });
    contexts.set(sender, { ...context, sender: next });
    metrics.verdicts.inc({ band: judgement.band });
    return { event, judgement, next };
  });
}
