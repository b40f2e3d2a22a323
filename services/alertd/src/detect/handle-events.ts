/**
 * Judges one batch of events. The order of the writes is what makes a crash harmless: evidence and verdicts are out
 * before the context that remembers the event is saved, and a redelivered event finds either no trace of itself or
 * one that `judge` ignores. A context that somebody else moved on meanwhile means: judge the batch again.
 */
import { Failure, type ChatEvent, type DedicatedTopic } from '@chatwarden/contracts';
import type { Handle } from '@chatwarden/bus';
import { prepare } from '@chatwarden/detector';
import type { DetectDeps } from './detect-deps.ts';
import { sweepCopies, withSharedKeys } from './campaigns.ts';
import { judgeBatch } from './judge-batch.ts';
import { loadContexts } from './load-contexts.ts';
import { saveContexts } from './save-contexts.ts';
import { saveEvidence } from './save-evidence.ts';
import { toVerdicts } from './to-verdicts.ts';
import { judgeSpan, sendVerdictsSpan } from '../spans.ts';

/** Conflicts are rare (a rebalance, two pools during a move); this many in a row is a fault. */
const ATTEMPTS_MAX = 5;

export function createHandleEvents(deps: DetectDeps): Handle<'events' | DedicatedTopic> {
  return async (batch) => {
    await deps.settings.refreshTo(Math.max(...batch.map((event) => event.revision)));
    const events = batch.filter(({ groupId }) => !deps.settings.isErased(groupId));
    if (events.length === 0) return [];
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if ((await judgeOnce(events, deps)) === 'saved') return [];
      deps.metrics.conflicts.inc();
    }
    throw new Failure('contextConflict', 'now', { message: `contexts changed ${ATTEMPTS_MAX} times under one batch` });
  };
}

async function judgeOnce(events: readonly ChatEvent[], deps: DetectDeps): Promise<'saved' | 'conflict'> {
  const { bus, tracer } = deps;
  const startedAt = tracer.now();
  const batch = await withSharedKeys(events.map(prepare), deps);
  const memory = await loadContexts(batch, deps);
  const judged = judgeBatch(batch, memory, deps);
  const ofEvents = await toVerdicts(judged, deps);
  const sweep = await sweepCopies(judged, deps);
  await saveEvidence(ofEvents, judged, deps);
  const verdicts = [...ofEvents, ...sweep.verdicts];
  tracer.recordEach(verdicts, (verdict) => judgeSpan(verdict, { startedAt, size: events.length }));
  const sending = { startedAt: tracer.now(), size: verdicts.length };
  await bus.publish('verdicts', verdicts);
  tracer.recordEach(verdicts, (verdict) => sendVerdictsSpan(verdict, sending));
  return saveContexts(judged, sweep.sightings, deps);
}
