/**
 * The classifier's model as data. `decodeModel` reads the shipped file's bytes; the caller does the I/O.
 */
import type { Prepared } from '../prepared.ts';

export interface Classification {
  /** Calibrated log-odds of spam from text alone; 0 says nothing. */
  logit: number;
  /** False where the model was not trained for this language or script: then text alone never reaches `act`. */
  covered: boolean;
  /** In words: how much text there was, which language group, what stood out (kinds of features, never words). */
  reason: string;
}

export interface Model {
  /** Short content hash; part of DetectorVersion. */
  id: string;
  classify(prepared: Prepared): Classification;
}
