/**
 * A verdict becomes a decision: what is to be done, chosen by the newest policy and committed with its ledger rows in
 * one transaction, first decision per event and stage. In observe the decision says what would have been done.
 */
import type { Clock, Decision, Millis, Revision, Verdict } from '@chatwarden/contracts';
import type { Handle } from '@chatwarden/bus';
import type { Tracer } from '@chatwarden/daemon';
import { chooseActions } from '@chatwarden/detector';
import type { Decisions, SettingsCache } from '@chatwarden/store';
import type { BotMetrics } from '../metrics.ts';
import { planSpan } from '../spans.ts';

export interface PlanDeps {
  decisions: Decisions;
  settings: SettingsCache;
  clock: Clock;
  metrics: BotMetrics;
  tracer: Tracer;
  /** Ledger rows were written. */
  onPlanned: () => void;
}

export function createPlan(deps: PlanDeps): Handle<'verdicts'> {
  return async (verdicts) => {
    // A moderator's verdict was committed with its actions by the correction itself.
    const asked = verdicts.filter((verdict) => verdict.band !== 'allow' && verdict.stage !== 'moderator');
    if (asked.length === 0) return [];
    const startedAt = deps.tracer.now();
    await deps.settings.refreshTo(Math.max(...asked.map((verdict) => verdict.revision)));
    const open = asked.filter(({ groupId }) => !deps.settings.isErased(groupId));
    const decisions = open.map((verdict) => toDecision(verdict, deps));
    const { won } = await deps.decisions.commitDecisions(decisions);
    deps.tracer.recordEach(open, (verdict) => planSpan(verdict, startedAt, open.length));
    const winners = new Set(won);
    for (const decision of decisions) {
      if (winners.has(decision.verdictId)) deps.metrics.decisions.inc({ band: decision.band, mode: decision.mode });
    }
    if (decisions.some((decision) => decision.mode === 'enforce')) deps.onPlanned();
    return [];
  };
}

function toDecision(verdict: Verdict, { settings, clock }: PlanDeps): Decision {
  const policy = settings.policyOf(verdict.groupId);
  return decide(verdict, { policy, decidedAt: clock.now(), chosenAt: settings.revision() });
}

interface Choice {
  policy: Parameters<typeof chooseActions>[1];
  decidedAt: Millis;
  chosenAt: Revision;
}

export function decide(verdict: Verdict, { policy, decidedAt, chosenAt }: Choice): Decision {
  const [messageId] = verdict.targets.messageIds.slice(-1);
  return {
    verdictId: verdict.id,
    eventId: verdict.eventId,
    groupId: verdict.groupId,
    botId: verdict.botId,
    chatId: verdict.chatId,
    ...(messageId === undefined ? {} : { messageId }),
    stage: verdict.stage,
    band: verdict.band,
    mode: policy.mode,
    score: verdict.score,
    reasons: verdict.reasons,
    senderKey: verdict.sender.key,
    senderAs: verdict.sender.as,
    ...(verdict.targets.sender === undefined ? {} : { senderSealed: verdict.targets.sender }),
    judgedAt: verdict.revision,
    chosenAt,
    occurredAt: verdict.occurredAt,
    receivedAt: verdict.receivedAt,
    decidedAt,
    traceparent: verdict.traceparent,
    actions: chooseActions(verdict, policy),
  };
}
