/**
 * Every reason that a condition or an Event of a TelegramGroup may have, and what to do about it: docs/telegramgroup.md is
 * made from it. A test finds reasons of the steps that are not described here, and those that nobody gives any more.
 */
import type { ConditionType } from '@chatwarden/contracts';
import { CONFIGURATION, RECOMMENDED, SCALING, THROUGHPUT, TOPIC, WORKLOAD } from './of-parts.ts';
import { PAUSED, READY, RECONCILING, STALLED } from './of-summaries.ts';
import type { ConditionText, Reason } from './reason.ts';

export const CONDITIONS: Readonly<Record<ConditionType, ConditionText>> = {
  Ready: READY,
  Reconciling: RECONCILING,
  Stalled: STALLED,
  ConfigurationValid: CONFIGURATION,
  TopicReady: TOPIC,
  WorkloadAvailable: WORKLOAD,
  ScalingActive: SCALING,
  ThroughputMet: THROUGHPUT,
  DedicatedRecommended: RECOMMENDED,
  Paused: PAUSED,
};

/** Events besides those that repeat a condition which has changed. */
export const EVENT_REASONS: readonly Omit<Reason, 'status'>[] = [
  { reason: 'Switched', means: 'Blue-green: the other detectors judge now.' },
  {
    reason: 'TookFieldsBack',
    means: "Somebody else changed fields of the operator's objects, and it set them again.",
    todo: 'The message names the fields and who: change the TelegramGroup instead, or stop the other one.',
  },
  {
    reason: 'DeletedEarly',
    means: 'The object went before all was undone, since it took too long or was told to.',
    todo: 'Nothing by hand: the operator goes on until its group is given back, and tells so as Orphaned.',
  },
  {
    reason: 'Orphaned',
    means:
      'The object had gone by force. Its group is given back to the shared detectors, which judge what is left in its topic, too.',
  },
];
