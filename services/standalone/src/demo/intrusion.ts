/** One spam act as timed steps: a newcomer arrives, speaks, and perhaps edits or repeats what it said. Pure. */
import type { TimedAct, Visitor } from './act.ts';
import type { Community, Person, SpamAct, Speech, Step } from './content.ts';
import type { Random } from './random.ts';
import { toSaid } from './to-said.ts';
import { vary } from './vary.ts';

/** From joining to the first word; spammers are quick. */
const ARRIVE_MS = { low: 600, high: 1500 };
/** Until the next step, unless it says otherwise. */
const STEP_MS = 900;
const REPEAT_MS = 500;
/** A first comment comes while the post is still the last message. */
const UNDER_POST_MS = 2000;

export interface IntrusionContext {
  community: Community;
  random: Random;
  /** Makes names and keys unlike those of other acts. */
  serial: number;
  atMs: number;
  startMs: number;
  /** What the channel posts, for comments under it. */
  post: Speech;
}

export function intrude(spam: SpamAct, context: IntrusionContext): TimedAct[] {
  const { community, random, serial } = context;
  const visitor = visitorOf(spam, context);
  const acts: TimedAct[] = [{ atMs: context.atMs, act: { kind: 'arrive', community: community.key, visitor } }];
  let atMs = context.atMs + random.between(ARRIVE_MS.low, ARRIVE_MS.high);
  const saidAt = () => ({ random, nowS: Math.floor((context.startMs + atMs) / 1000), album: `album-${serial}` });

  const post = `spam-${serial}/post`;
  if (spam.under) {
    acts.push({
      atMs,
      act: { kind: 'post', community: community.key, name: post, message: toSaid(context.post, saidAt()) },
    });
    atMs += UNDER_POST_MS;
  }
  spam.steps.forEach((step, index) => {
    if (index > 0) atMs += step.afterMs ?? STEP_MS;
    for (let time = 0; time < timesOf(step); time += 1) {
      if (time > 0) atMs += REPEAT_MS;
      const name = `spam-${serial}/${step.edits ?? index}${time === 0 ? '' : `-${time}`}`;
      const common = { community: community.key, name, message: toSaid(step.says, saidAt()) };
      const first = index === 0 && time === 0;
      const shown = first ? { ...(spam.under ? { repliesTo: post } : {}), trick: spam.trick } : {};
      acts.push({
        atMs,
        act:
          step.edits === undefined
            ? { kind: 'say', ...common, by: visitor.key, label: spam.label, ...shown }
            : { kind: 'edit', ...common },
      });
    }
  });
  return acts;
}

const timesOf = (step: Step): number => step.times ?? 1;

function visitorOf(spam: SpamAct, { random, serial }: IntrusionContext): Visitor {
  const key = `visitor-${serial}`;
  const [first = '', ...rest] = vary(spam.name, random).split(' ');
  const person: Person = {
    key,
    first,
    language: spam.language,
    ...(rest.length > 0 ? { last: rest.join(' ') } : {}),
    ...(random.next() < 0.5 ? { username: vary('{word}_{word}{n}', random) } : {}),
  };
  return { key, as: spam.as === 'channel' ? 'channel' : 'user', person };
}
