/** Cases of checks, made into what is judged. */
import { firstContext, type Context } from '@chatwarden/contracts';
import { anEvent, aPolicy } from '@chatwarden/testkit';
import { CASE_TIME, type Case } from '../src/checks/case.ts';
import { runCheck, type Check, type CheckInput } from '../src/checks/check.ts';
import { prepare } from '../src/index.ts';
import { judged, neutralModel } from './judging.ts';

function contextOf({ context }: Case): Context {
  const first = firstContext(CASE_TIME);
  return { ...first, ...context, sender: { ...first.sender, ...context?.sender } };
}

const eventParts = ({ text = '', message, sender, kind }: Case) => ({
  message: { text, ...(kind ? { editedAt: CASE_TIME } : {}), ...message },
  ...(sender ? { sender } : {}),
  ...(kind ? { kind } : {}),
  occurredAt: CASE_TIME,
});

function inputOf(one: Case): CheckInput {
  return { prepared: prepare(anEvent(eventParts(one))), context: contextOf(one), policy: aPolicy(one.policy) };
}

export const resultOf = (check: Check, one: Case) => runCheck(check, inputOf(one));

/** By every check and a model that has no opinion. */
export const bandOfCase = (one: Case, context: Partial<Context> = {}) =>
  judged({
    ...eventParts(one),
    context: { ...contextOf(one), ...context },
    ...(one.policy ? { policy: one.policy } : {}),
    model: neutralModel,
  }).judgement.band;
