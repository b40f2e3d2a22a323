export type { Classification, Model } from './classifier/model.ts';
export { READ_MAX } from './classifier/canonical-text.ts';
export { decodeModel } from './classifier/decode-model.ts';
export { evidenceOf } from './classifier/evidence.ts';
export { BUCKET_BITS, BUCKETS, createFeatureExtractor, type FeatureExtractor } from './classifier/features.ts';
export { MODEL_URL } from './classifier/model-file.ts';
export {
  addKnown,
  encodeModel,
  KNOWN_BYTES,
  readModelParts,
  type GroupFit,
  type ModelHeader,
  type ModelParts,
} from './classifier/model-format.ts';
export { SCRIPT_GROUPS, writingOf, type ScriptGroup } from './classifier/script-group.ts';
export type { Folded, FoldFacts, Link, Prepared, Script } from './prepared.ts';
export { fold } from './prepare/fold.ts';
export { likeAdministrator, nameKeysOf, type NameKeys } from './prepare/like-administrator.ts';
export { isTextKey, prepare } from './prepare/prepare.ts';
export { cardIdOf, chooseActions } from './choose-actions/choose-actions.ts';
export { TEXTS } from './choose-actions/texts.ts';
export { chooseCorrectionActions, standingAfter } from './choose-actions/choose-correction-actions.ts';
export { isNewcomer } from './checks/check.ts';
export { CHECKS } from './checks/all-checks.ts';
export { bandOf, DETECTOR_VERSION, judge, sigmoid, type JudgeInput } from './judge/judge.ts';
