/** A check: one pure question about an event, answered in words and log-odds whether it fired or not. */
import type { CheckResult, Context, GroupPolicy, Message } from '@chatwarden/contracts';
import { isMessageEvent } from '@chatwarden/contracts';
import type { Prepared } from '../prepared.ts';

export interface CheckInput {
  prepared: Prepared;
  context: Context;
  policy: GroupPolicy;
}

export interface Finding {
  /** Log-odds; positive speaks for spam, negative against it, 0 says nothing. */
  weight: number;
  /** Numbers, domains and policy entries; never words of the message. */
  reason: string;
}

export interface Check {
  name: string;
  /** What it looks for, for the documentation. */
  describe: string;
  /** The least and the most that it can weigh when it speaks at all, before the policy's factor. */
  weights: readonly [least: number, most: number];
  /**
   * It finds something that carries an advert past the reader of texts: from a newcomer that alone is worth a question,
   * though nothing in the text speaks for spam.
   */
  payload?: true;
  find(input: CheckInput): Finding;
}

export function nothing(reason: string): Finding {
  return { weight: 0, reason };
}

/** The policy may turn a check off or change its weight. */
export function runCheck(check: Check, input: CheckInput): CheckResult {
  const settings = input.policy.checks[check.name];
  if (settings?.enabled === false) return { name: check.name, fired: false, weight: 0, reason: 'turned off' };
  const { weight, reason } = check.find(input);
  return { name: check.name, fired: weight > 0, weight: weight * (settings?.factor ?? 1), reason };
}

export function messageOf({ event }: Prepared): Message | undefined {
  return isMessageEvent(event) ? event.message : undefined;
}

/** Allowed messages that make a sender known: tricks weigh more before. */
const KNOWN_MESSAGES = 3;

/** A sender without a record, or with a bad one. */
export function isNewcomer({ sender, standing }: Context): boolean {
  if (standing === 'sanctioned') return true;
  return standing === 'none' && sender.allowedCount < KNOWN_MESSAGES;
}
