/**
 * Limited-memory BFGS with a backtracking line search: finds the minimum of a smooth convex function. Deterministic: no
 * random numbers, one order of summation.
 */

/** Returns the value at `point` and writes the gradient there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimizeOptions {
  iterationsMax: number;
  /** Ends when an iteration lowers the value by less than this share of it. */
  tolerance: number;
  /** How many former steps the curvature is estimated from. */
  memory?: number;
}

interface Step {
  move: Float64Array;
  change: Float64Array;
  inverse: number;
}

export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions): Float64Array {
  const steps: Step[] = [];
  let point = Float64Array.from(start);
  let gradient = new Float64Array(start.length);
  let value = objective(point, gradient);
  for (let iteration = 0; iteration < options.iterationsMax; iteration += 1) {
    const next = searchAlong(objective, { point, gradient, value }, direction(gradient, steps));
    if (next === undefined) return point;
    remember(steps, toStep({ point, gradient }, next), options.memory ?? 8);
    const gain = value - next.value;
    ({ point, gradient, value } = next);
    if (gain < options.tolerance * Math.abs(value)) return point;
  }
  return point;
}

interface At {
  point: Float64Array<ArrayBuffer>;
  gradient: Float64Array<ArrayBuffer>;
  value: number;
}

/** Halves the step until the value falls by a fair share of what the slope promises (Armijo). */
function searchAlong(objective: Objective, from: At, along: Float64Array): At | undefined {
  const slope = dot(from.gradient, along);
  if (slope >= 0) return undefined;
  const gradient = new Float64Array(from.point.length);
  for (let size = 1; size > 1e-10; size /= 2) {
    const point = from.point.map((value, index) => value + size * (along[index] ?? 0));
    const value = objective(point, gradient);
    if (value <= from.value + 1e-4 * size * slope) return { point, gradient, value };
  }
  return undefined;
}

/** The two-loop recursion: the gradient times an estimate of the inverse curvature, downhill. */
function direction(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const result = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const step of steps.toReversed()) {
    const share = step.inverse * dot(step.move, result);
    shares.push(share);
    addScaled(result, step.change, -share);
  }
  const last = steps.at(-1);
  const scale =
    last === undefined ? 1 / Math.max(1, norm(gradient)) : 1 / (last.inverse * dot(last.change, last.change));
  for (let index = 0; index < result.length; index += 1) result[index] = (result[index] ?? 0) * scale;
  for (const step of steps) {
    const share = step.inverse * dot(step.change, result);
    addScaled(result, step.move, (shares.pop() ?? 0) - share);
  }
  return result;
}

function toStep(from: Omit<At, 'value'>, to: At): Step {
  const move = to.point.map((value, index) => value - (from.point[index] ?? 0));
  const change = to.gradient.map((value, index) => value - (from.gradient[index] ?? 0));
  return { move, change, inverse: 1 / dot(move, change) };
}

function remember(steps: Step[], step: Step, memory: number): void {
  if (!(step.inverse > 0) || !Number.isFinite(step.inverse)) return;
  steps.push(step);
  if (steps.length > memory) steps.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

function addScaled(target: Float64Array, source: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index += 1) {
    target[index] = (target[index] ?? 0) + scale * (source[index] ?? 0);
  }
}
