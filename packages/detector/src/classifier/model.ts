/**
 * The classifier's model as data. `decodeModel` reads the shipped file's bytes; the caller does the I/O.
 */
import type { Prepared } from '../prepared.ts';

export interface Classification {
  /**
   * Calibrated log-odds of spam from text alone at the model's `prior`; 0 says nothing. For another share p of spam add
   * ln(p / (1 - p)).
   */
  logit: number;
  /** False where the model was not trained for this language or script: then text alone never reaches `act`. */
  covered: boolean;
  /** In words: how much text there was, which language group, what stood out (kinds of features, never words). */
  reason: string;
}

export interface Model {
  /** Short content hash; part of DetectorVersion. */
  id: string;
  /** The share of spam at which `logit` is calibrated: 0.5. */
  prior: number;
  /** In words: what it was trained on. */
  trainedOn: string;
  classify(prepared: Pick<Prepared, 'folded'>): Classification;
}
