/** One row of a report: how well one way of scoring ranks one set. */
import { logisticLoss } from '../train/logistic-regression.ts';
import { atThreshold, bestF1, recallAt, type AtThreshold, type Ranked, type Share } from './metrics.ts';

/** 0.23 % is what the best-known open peer has on the Russian Telegram set as shipped. */
export const FALSE_POSITIVE_RATES = [0.001, 0.0023, 0.01, 0.05] as const;

export interface Figures {
  set: string;
  scorer: string;
  spam: number;
  ham: number;
  /** Beside each of FALSE_POSITIVE_RATES. */
  recall: Share[];
  bestF1: number;
  /** At the scorer's own zero, where it has one. */
  atZero?: AtThreshold;
  /** Share of the messages that the model says it covers. */
  covered?: number;
  /** Mean cross-entropy in nats with spam and ham weighing the same; a coin has 0.693. */
  logLoss?: number;
}

export interface ScoredSet {
  set: string;
  scorer: string;
  items: readonly Ranked[];
  /** The score is log-odds, so that zero and cross-entropy mean something. */
  calibrated: boolean;
}

export function figuresOf({ set, scorer, items, calibrated }: ScoredSet): Figures {
  const spam = items.filter((item) => item.spam).length;
  return {
    set,
    scorer,
    spam,
    ham: items.length - spam,
    recall: FALSE_POSITIVE_RATES.map((rate) => recallAt(items, rate)),
    bestF1: bestF1(items),
    ...(calibrated ? { atZero: atThreshold(items, 0), logLoss: balancedLogLoss(items) } : {}),
  };
}

function balancedLogLoss(items: readonly Ranked[]): number {
  return [true, false].reduce((sum, spam) => {
    const part = items.filter((item) => item.spam === spam);
    const loss = part.reduce((total, { score }) => total + logisticLoss(spam ? score : -score), 0);
    return sum + (part.length === 0 ? 0 : (0.5 * loss) / part.length);
  }, 0);
}
