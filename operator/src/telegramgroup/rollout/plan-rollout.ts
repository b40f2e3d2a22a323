/**
 * What a group's two sets of detectors should be next, from what they are: a pure step of a machine whose state is in the
 * cluster (Deployments), in the database (the gate) and in status.rollout. Whatever is interrupted goes on from there.
 *
 *   one set, as wanted                        nothing to do
 *   one set, other revision, Rolling          it is changed in place
 *   one set, other revision, BlueGreen        the other colour is made, as large as this one, and stands by
 *   both, the other one ready                 the gate is set: the other one takes over
 *   both, the active one as wanted            soak; then the other one goes, or comes back if the new one fails
 */
import type { Colour, Millis } from '@chatwarden/contracts';

export interface DetectorsFacts {
  revision: string;
  /** Pods that there should be. */
  replicas: number;
  ready: number;
  /** All pods are of this revision and ready. */
  complete: boolean;
  /** Kubernetes has given up on it: it did not get ready in time. */
  failed: boolean;
  /** Members of the consumer group; undefined when Kafka could not be asked. */
  members: number | undefined;
}

export interface RolloutFacts {
  strategy: 'Rolling' | 'BlueGreen';
  soakMs: Millis;
  /** After a switch the new consumers have this long to join. */
  consumeWithinMs: Millis;
  now: Millis;
  /** Revision that the detectors should have. */
  wanted: string;
  minReplicas: number;
  /** Whose consumers may join. */
  active: Colour;
  colours: { readonly [C in Colour]?: DetectorsFacts };
  switchedAt?: Millis | undefined;
  failedRevision?: string | undefined;
  /** False while as many other groups roll as may at once. */
  mayRoll: boolean;
}

export interface RolloutPlan {
  /** Sets to be made from what is wanted; those not named here stay as they are. */
  renew: readonly Colour[];
  /** Pods of a set that no autoscaler looks after. */
  replicas: { readonly [C in Colour]?: number };
  remove: readonly Colour[];
  /** Whose consumers may join from now on. */
  active: Colour;
  /** Nothing is scaled meanwhile. */
  held: boolean;
  switchedAt?: Millis | undefined;
  failedRevision?: string | undefined;
  /** A word for the condition, and for people. */
  progress?: { reason: string; message: string } | undefined;
  failure?: { reason: string; message: string } | undefined;
}

export const OTHER: Readonly<Record<Colour, Colour>> = { blue: 'green', green: 'blue' };

export function planRollout(facts: RolloutFacts): RolloutPlan {
  const active = facts.colours[facts.active];
  if (!active) return replaceMissing(facts);
  return active.revision === facts.wanted ? keep(facts, active) : renew(facts, active);
}

/** At first there is none; later somebody may have deleted it, and then the other one is what there is. */
function replaceMissing(facts: RolloutFacts): RolloutPlan {
  const { active, minReplicas } = facts;
  if (facts.colours[OTHER[active]]) return { ...unchanged(facts), active: OTHER[active], switchedAt: undefined };
  const replicas = { [active]: minReplicas };
  return { ...unchanged(facts), renew: [active], replicas, switchedAt: undefined, failedRevision: undefined };
}

function keep(facts: RolloutFacts, active: DetectorsFacts): RolloutPlan {
  const other = OTHER[facts.active];
  const rest = facts.colours[other];
  const plan = { ...unchanged(facts), renew: [facts.active], failedRevision: undefined };
  if (!rest) return { ...plan, switchedAt: undefined, ...progressOf(active, facts) };
  if (facts.switchedAt === undefined) return { ...plan, remove: [other] };
  return soak(facts, { plan, active, rest });
}

interface Soak {
  plan: RolloutPlan;
  active: DetectorsFacts;
  rest: DetectorsFacts;
}

function soak(facts: RolloutFacts, { plan, active, rest }: Soak): RolloutPlan {
  const { switchedAt = facts.now, now, soakMs, wanted } = facts;
  const other = OTHER[facts.active];
  const why = whyBad(active, facts, now - switchedAt);
  if (why !== undefined) {
    return {
      ...unchanged(facts),
      active: other,
      held: true,
      failedRevision: wanted,
      switchedAt: undefined,
      failure: { reason: 'RolloutFailed', message: failureMessage(why) },
    };
  }
  const settled = rest.members === 0 && (active.members ?? 0) > 0;
  if (!settled) {
    return {
      ...plan,
      held: true,
      progress: { reason: 'Switching', message: `the ${facts.active} detectors take over from the ${other} ones` },
    };
  }
  if (now < switchedAt + soakMs) {
    const until = new Date(switchedAt + soakMs).toISOString();
    const message = `the ${facts.active} detectors judge; the ${other} ones stand by until ${until}`;
    return { ...plan, progress: { reason: 'Soaking', message } };
  }
  return { ...plan, remove: [other], switchedAt: undefined };
}

function renew(facts: RolloutFacts, active: DetectorsFacts): RolloutPlan {
  const { wanted, failedRevision, mayRoll, strategy } = facts;
  const other = OTHER[facts.active];
  const rest = facts.colours[other];
  if (failedRevision === wanted) {
    return {
      ...unchanged(facts),
      remove: rest && rest.members === 0 ? [other] : [],
      failure: { reason: 'RolloutFailed', message: failureMessage('they failed before') },
    };
  }
  if (!mayRoll) {
    const message = 'other groups are given their new detectors first; this one follows by itself';
    return { ...unchanged(facts), progress: { reason: 'RolloutQueued', message } };
  }
  if (strategy === 'Rolling') {
    const message = 'its detectors are replaced one by one';
    const remove = rest ? [other] : [];
    return { ...unchanged(facts), renew: [facts.active], remove, progress: { reason: 'Rolling', message } };
  }
  return prepare(facts, active, rest);
}

function prepare(facts: RolloutFacts, active: DetectorsFacts, rest: DetectorsFacts | undefined): RolloutPlan {
  const { wanted, minReplicas, now } = facts;
  const other = OTHER[facts.active];
  const size = Math.max(active.replicas, minReplicas);
  const plan = {
    ...unchanged(facts),
    renew: [other],
    replicas: { [other]: size },
    held: true,
    failedRevision: undefined,
  };
  const isWanted = rest?.revision === wanted;
  if (isWanted && rest.failed) {
    const why = 'they did not get ready in time';
    const failure = { reason: 'RolloutFailed', message: failureMessage(why) };
    return { ...unchanged(facts), remove: [other], failedRevision: wanted, failure };
  }
  if (isWanted && rest.complete && rest.ready >= size) {
    const message = `the ${other} detectors are ready and take over`;
    return { ...plan, active: other, switchedAt: now, progress: { reason: 'Switching', message } };
  }
  const message = `the ${other} detectors get ready: ${isWanted ? rest.ready : 0} of ${size}`;
  return { ...plan, progress: { reason: 'Preparing', message } };
}

/** A pod that is missing for a moment is no reason; that none works is. */
function whyBad(active: DetectorsFacts, facts: RolloutFacts, sinceMs: Millis): string | undefined {
  if (active.failed) return 'Kubernetes has given up on them';
  if (sinceMs < facts.consumeWithinMs) return undefined;
  if (active.ready === 0) return 'none of them is ready';
  return active.members === 0 ? 'none of them consumes' : undefined;
}

function failureMessage(why: string): string {
  return (
    `the new detectors were put back, since ${why}; the former ones judge. ` +
    'Look at their logs, then change spec.detector.version or the settings: another revision is tried again.'
  );
}

function progressOf(active: DetectorsFacts, facts: RolloutFacts): Pick<RolloutPlan, 'progress' | 'failure'> {
  if (active.complete) return {};
  if (active.failed && facts.strategy === 'Rolling') {
    const message =
      'the new detectors do not get ready; the former ones go on. Look at the events of their Deployment.';
    return { failure: { reason: 'RolloutFailed', message } };
  }
  const message = `${active.ready} of ${active.replicas} detectors are ready`;
  return { progress: { reason: 'Rolling', message } };
}

function unchanged({ active, switchedAt, failedRevision }: RolloutFacts): RolloutPlan {
  return { renew: [], replicas: {}, remove: [], active, held: false, switchedAt, failedRevision };
}
