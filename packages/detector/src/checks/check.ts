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
  find(input: CheckInput): Finding;
}

export function nothing(reason: string): Finding {
  return { weight: 0, reason };
}

/** The policy may turn a check off or change its weight. */
export function runCheck(check: Check, input: CheckInput): CheckResult {
  const settings = input.policy.checks[check.name];
  if (settings && !settings.enabled) return { name: check.name, fired: false, weight: 0, reason: 'turned off' };
  const { weight, reason } = check.find(input);
  return { name: check.name, fired: weight > 0, weight: weight * (settings?.factor ?? 1), reason };
}

export function messageOf({ event }: Prepared): Message | undefined {
  return isMessageEvent(event) ? event.message : undefined;
}

/** A sender without a record: tricks weigh more in a first message. */
export function isNewcomer({ sender, standing }: Context): boolean {
  return standing === 'none' && sender.allowedCount < 3;
}
