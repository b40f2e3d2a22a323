/** Logistic regression over sets of buckets, L2-regularised; the intercept is not. */
import { minimize } from './minimize.ts';

export interface Example {
  /** Distinct buckets of the text. */
  buckets: Int32Array;
  spam: boolean;
  /** How much this example counts; 1 is usual. */
  weight: number;
}

export interface LinearModel {
  weights: Float64Array;
  intercept: number;
}

export interface FitOptions {
  buckets: number;
  /** Strength of the pull towards zero, per summed example weight. */
  l2: number;
  iterationsMax?: number;
}

export function fitLogisticRegression(examples: readonly Example[], options: FitOptions): LinearModel {
  const { seen, compact } = compacted(examples, options.buckets);
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (const example of compact) loss += addExample(example, point, gradient);
    for (let index = 0; index < seen.length; index += 1) {
      const value = point[index] ?? 0;
      loss += 0.5 * options.l2 * value * value;
      gradient[index] = (gradient[index] ?? 0) + options.l2 * value;
    }
    return loss;
  };
  const fitted = minimize(objective, new Float64Array(seen.length + 1), {
    iterationsMax: options.iterationsMax ?? 60,
    tolerance: 1e-4,
  });
  const weights = new Float64Array(options.buckets);
  for (const [index, bucket] of seen.entries()) weights[bucket] = fitted[index] ?? 0;
  return { weights, intercept: fitted[seen.length] ?? 0 };
}

/** Buckets that no example has keep the weight zero: only the others are fitted, numbered without gaps. */
function compacted(examples: readonly Example[], buckets: number): { seen: number[]; compact: Example[] } {
  const numbers = new Int32Array(buckets).fill(-1);
  const seen: number[] = [];
  const compact = examples.map((example) => ({
    ...example,
    buckets: example.buckets.map((bucket) => {
      if (numbers[bucket] === -1) numbers[bucket] = seen.push(bucket) - 1;
      return numbers[bucket] ?? 0;
    }),
  }));
  return { seen, compact };
}

function addExample(example: Example, point: Float64Array, gradient: Float64Array): number {
  const last = point.length - 1;
  const sign = example.spam ? 1 : -1;
  const margin = sign * (sumOf(example.buckets, point) + (point[last] ?? 0));
  const slope = (-sign * example.weight) / (1 + Math.exp(margin));
  for (const bucket of example.buckets) gradient[bucket] = (gradient[bucket] ?? 0) + slope;
  gradient[last] = (gradient[last] ?? 0) + slope;
  return example.weight * logisticLoss(margin);
}

/** ln(1 + e^-margin) without overflow. */
export function logisticLoss(margin: number): number {
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
}

function sumOf(buckets: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (const bucket of buckets) sum += weights[bucket] ?? 0;
  return sum;
}

export function scoreOf(buckets: Int32Array, model: LinearModel): number {
  return sumOf(buckets, model.weights) + model.intercept;
}
