/** Judging for tests: a model that is steered by a word, or the shipped one. */
import { readFileSync } from 'node:fs';
import { firstContext, type Context, type GroupPolicy } from '@chatwarden/contracts';
import { anEvent, aPolicy, type EventParts } from '@chatwarden/testkit';
import { decodeModel, judge, MODEL_URL, prepare, type Model } from '../src/index.ts';

const detectorVersion = { version: '0.0.0', model: 'test' };

/** Sure of what says "casino"; all else is ordinary talk to it. */
export const wordModel: Model = {
  id: 'test',
  prior: 0.5,
  trainedOn: 'nothing',
  classify: ({ folded }) => ({
    logit: folded.text.includes('casino') ? 7 : -3,
    covered: !folded.text.includes('foreign'),
    reason: 'test',
  }),
};

/** Has no opinion of any text. */
export const neutralModel: Model = { ...wordModel, classify: () => ({ logit: 0, covered: true, reason: 'test' }) };

export const shippedModel = () => decodeModel(readFileSync(MODEL_URL));

export interface Judging extends EventParts {
  context?: Partial<Context>;
  policy?: Partial<GroupPolicy>;
  model?: Model;
}

export function judged({ context, policy, model = wordModel, ...parts }: Judging) {
  const event = anEvent(parts);
  const prepared = prepare(event);
  const whole = { ...firstContext(event.occurredAt), ...context };
  return { event, prepared, ...judge({ prepared, context: whole, policy: aPolicy(policy), model, detectorVersion }) };
}
