/** Messages judged whole, text and checks together, each as a newcomer's first message under the default policy. */
import { firstContext, policyFromPreset, type Band, type GroupPolicy } from '@chatwarden/contracts';
import { judge, prepare, type Model } from '@chatwarden/detector';
import type { Labelled } from '../corpora/labelled.ts';
import { toEvent } from '../to-event.ts';
import type { Ranked } from './metrics.ts';

export interface JudgedRow extends Ranked {
  /** The probability that production sees, 0 to 1. */
  score: number;
  band: Band;
  /** The text is of a language that the model knows. */
  covered: boolean;
}

const DETECTOR_VERSION = { version: 'evaluation', model: 'evaluation' };

export function judgeRows(
  rows: readonly Labelled[],
  model: Model,
  policy: GroupPolicy = policyFromPreset('balanced', 'enforce'),
): JudgedRow[] {
  return rows.map((row) => {
    const prepared = prepare(toEvent(row));
    const context = firstContext(prepared.event.occurredAt);
    const { judgement } = judge({ prepared, context, policy, model, detectorVersion: DETECTOR_VERSION });
    const { score, band } = judgement;
    return { score, band, spam: row.label === 'spam', covered: model.classify(prepared).covered };
  });
}
