/**
 * Platt scaling by script group on scores of messages that the scoring model was not trained on. Spam and ham weigh the
 * same in sum within each group, so that the log-odds are those of a world half spam; whoever judges adds the logarithm
 * of the odds of the real one.
 */
import type { ScriptGroup } from '@chatwarden/detector';
import { logisticLoss } from './logistic-regression.ts';
import { minimize, type Objective } from './minimize.ts';

export interface Scored {
  score: number;
  spam: boolean;
  /** How far the score may be believed, 0 to 1 (`evidenceOf`). */
  evidence: number;
  group: ScriptGroup;
}

export interface Platt {
  slope: number;
  offset: number;
}

/** The share of spam at which the fitted log-odds hold. */
export const CALIBRATION_PRIOR = 0.5;

interface Point {
  /** Score and one, both times the evidence. */
  x: number;
  one: number;
  spam: boolean;
  weight: number;
}

/** A trace of ridge towards (1, 0) keeps a group that scores separate perfectly finite. */
const RIDGE = 1e-3;

export function fitPlatt(scored: readonly Scored[]): Platt {
  const points = toPoints(scored);
  const objective: Objective = ([slope = 0, offset = 0], gradient) => {
    gradient.set([RIDGE * (slope - 1), RIDGE * offset]);
    let loss = (RIDGE / 2) * ((slope - 1) ** 2 + offset ** 2);
    for (const point of points) loss += addPoint(point, { slope, offset }, gradient);
    return loss;
  };
  const [slope = 1, offset = 0] = minimize(objective, Float64Array.of(1, 0), { iterationsMax: 100, tolerance: 1e-10 });
  return { slope, offset };
}

function addPoint({ x, one, spam, weight }: Point, { slope, offset }: Platt, gradient: Float64Array): number {
  const logit = slope * x + offset * one;
  const error = weight * (1 / (1 + Math.exp(-logit)) - (spam ? 1 : 0));
  gradient[0] = (gradient[0] ?? 0) + error * x;
  gradient[1] = (gradient[1] ?? 0) + error * one;
  return weight * logisticLoss(spam ? logit : -logit);
}

/** Mean cross-entropy in nats, spam and ham weighing the same. 0.693 is a coin. */
export function logLoss(scored: readonly Scored[], platt: Platt): number {
  let sum = 0;
  for (const point of toPoints(scored)) {
    const logit = platt.slope * point.x + platt.offset * point.one;
    sum += point.weight * logisticLoss(point.spam ? logit : -logit);
  }
  return sum;
}

function toPoints(scored: readonly Scored[]): Point[] {
  const spam = scored.filter((item) => item.spam).length;
  return scored.map((item) => {
    const one = item.evidence;
    const weight = 0.5 / (item.spam ? spam : scored.length - spam);
    return { x: item.score * one, one, spam: item.spam, weight };
  });
}
