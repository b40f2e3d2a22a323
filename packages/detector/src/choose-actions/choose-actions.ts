/**
 * What follows from a verdict, by the group's policy. Pure: the planner commits it, and a replay shows what another
 * policy would have done. The policy's mode is not looked at: in observe this is what would have been done.
 */
import {
  actionId,
  hashId,
  isSanctionable,
  type Action,
  type GroupPolicy,
  type Id,
  type Verdict,
} from '@chatwarden/contracts';
import { TEXTS } from './texts.ts';

/** In the order in which they are carried out. */
export function chooseActions(verdict: Verdict, policy: GroupPolicy): Action[] {
  switch (verdict.band) {
    case 'allow':
      return [];
    case 'ask':
      return [card(verdict, policy)];
    case 'act':
      return [...deletions(verdict), ...sanction(verdict, policy), ...notice(verdict, policy)];
  }
}

/** One card per event, however often it is asked about. */
export function cardIdOf(event: Id): Id {
  return hashId('card', event);
}

type Base = Pick<Action, 'id' | 'groupId' | 'botId' | 'chatId' | 'cause' | 'traceparent' | 'receivedAt'>;

function base(verdict: Verdict, kind: Action['kind'], target: string | number): Base {
  const { groupId, botId, chatId, id: cause, traceparent, receivedAt } = verdict;
  return { id: actionId({ groupId, target, kind, cause }), groupId, botId, chatId, cause, traceparent, receivedAt };
}

function card(verdict: Verdict, policy: GroupPolicy): Action {
  const cardId = cardIdOf(verdict.eventId);
  const { language } = policy;
  const question = TEXTS[language].question(Math.round(verdict.score * 100));
  const text = [question, ...verdict.reasons.map((reason) => `- ${reason}`)].join('\n');
  const common = base(verdict, 'postCard', cardId);
  if (policy.reviewChatId !== undefined) {
    return { ...common, chatId: policy.reviewChatId, kind: 'postCard', target: { cardId, text, language } };
  }
  const replyTo = verdict.targets.messageIds.at(-1);
  return {
    ...common,
    kind: 'postCard',
    target: { cardId, text, language, ...(replyTo === undefined ? {} : { replyTo }) },
  };
}

function deletions(verdict: Verdict): Action[] {
  return verdict.targets.messageIds.map((messageId) => ({
    ...base(verdict, 'deleteMessage', messageId),
    kind: 'deleteMessage',
    target: { messageId },
  }));
}

function sanction(verdict: Verdict, policy: GroupPolicy): Action[] {
  const { sender, targets, priorOffences, judgedAt } = verdict;
  const step = policy.ladder.findLast(({ fromOffence }) => fromOffence <= priorOffences);
  if (!step || step.sanction === 'none' || targets.sender === undefined || !isSanctionable(sender)) return [];
  // Telegram knows no restriction of a channel, only its ban, and that has no end.
  const channel = sender.as === 'channel';
  const kind = channel ? 'ban' : step.sanction;
  const until = channel || step.durationMs === undefined ? {} : { until: judgedAt + step.durationMs };
  const target = { sender: targets.sender, key: sender.key, as: sender.as };
  return [{ ...base(verdict, kind, sender.key), kind, target, ...until }];
}

function notice(verdict: Verdict, policy: GroupPolicy): Action[] {
  if (!policy.notices) return [];
  return [{ ...base(verdict, 'notice', 'removed'), kind: 'notice', target: { text: TEXTS[policy.language].removed } }];
}
