/** Conditions that sum up the others, or set them aside. */
import { shared, type ConditionText } from './reason.ts';

export const READY: ConditionText = {
  about:
    'Sums up: the group is judged as asked for. Otherwise it has the reason and the message of the first of ' +
    'ConfigurationValid, TopicReady and WorkloadAvailable that is not True, then of Stalled, then of Reconciling.',
  reasons: [
    shared('True', 'The shared detectors judge the group.'),
    { reason: 'Dedicated', status: 'True', means: 'Its own detectors judge the group.' },
    {
      reason: 'Ready',
      status: 'True',
      means: 'All that is needed is there, as far as this look at the group went.',
    },
    {
      reason: 'Paused',
      status: 'Unknown',
      means: 'The group was suspended or paused before the operator had looked at it.',
      todo: 'End the pause.',
    },
  ],
};

export const RECONCILING: ConditionText = {
  about: 'Something is under way and ends by itself. A group whose detectors work is Ready meanwhile.',
  reasons: [
    { reason: 'UpToDate', status: 'False', means: 'Nothing is under way.' },
    {
      reason: 'WaitingForDetectors',
      status: 'True',
      means: 'Its own detectors do not consume yet. The shared ones judge meanwhile.',
      todo: 'If it lasts: WorkloadAvailable says what keeps them.',
    },
    {
      reason: 'RouteSpreading',
      status: 'True',
      means: 'Not every process that publishes has the new route of the group. No detectors go before all have it.',
      todo: 'If it lasts: the message names the processes. One that hangs must be restarted.',
    },
    {
      reason: 'Draining',
      status: 'True',
      means: 'The group shares again, and its own detectors judge what is left in its topic.',
      todo: 'If it lasts: see whether its detectors run.',
    },
    { reason: 'Rolling', status: 'True', means: 'Its detectors are replaced one by one, or get ready.' },
    { reason: 'RolloutQueued', status: 'True', means: 'Other groups are given new detectors first.' },
    { reason: 'Preparing', status: 'True', means: 'Blue-green: the new detectors get ready beside the active ones.' },
    {
      reason: 'Switching',
      status: 'True',
      means: 'Blue-green: the new detectors take over. Nothing is scaled meanwhile.',
    },
    { reason: 'Soaking', status: 'True', means: 'Blue-green: the new detectors judge, and the former ones stand by.' },
    {
      reason: 'TryingAgain',
      status: 'True',
      means: 'A step failed and is tried again, less and less often.',
      todo: 'The message names the step and what failed: usually PostgreSQL, Kafka or the API server is away.',
    },
    {
      reason: 'Deleting',
      status: 'True',
      means: 'The object is deleted, and waits for what the message says.',
      todo: 'To wait no longer, set the annotation chatwarden.io/force-delete.',
    },
  ],
};

export const STALLED: ConditionText = {
  about: 'It does not get better by itself: somebody must change something.',
  reasons: [
    { reason: 'NotStalled', status: 'False', means: 'Nothing is in the way.' },
    {
      reason: 'RolloutFailed',
      status: 'True',
      means: 'The new detectors do not work. The former ones judge.',
      todo: 'Look at their logs, then change spec.detector.version or the settings: another revision is tried again.',
    },
    {
      reason: 'Refused',
      status: 'True',
      means: 'The cluster, Kafka or PostgreSQL refuses what the operator asks for, and will again.',
      todo: 'The message names the step and the refusal: often a missing right, a quota or an admission policy.',
    },
  ],
};

export const PAUSED: ConditionText = {
  about: 'The operator leaves everything as it is, whatever else is said.',
  reasons: [
    { reason: 'NotPaused', status: 'False', means: 'It does not.' },
    { reason: 'Suspended', status: 'True', means: 'spec.suspend is true.', todo: 'To go on, set it to false.' },
    {
      reason: 'Annotated',
      status: 'True',
      means: 'The annotation chatwarden.io/paused is "true".',
      todo: 'To go on, remove it.',
    },
  ],
};
