/** What the operator reports of a TelegramGroup. Live numbers are metrics, not status. */
import { Type, type Static } from 'typebox';
import { GroupId } from '../ids.ts';
import { Colour } from '../settings.ts';

export const CONDITION_TYPES = [
  'Ready',
  'Reconciling',
  'Stalled',
  'ConfigurationValid',
  'TopicReady',
  'WorkloadAvailable',
  'ScalingActive',
  'ThroughputMet',
  'DedicatedRecommended',
  'Paused',
] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

const Time = (description: string) => Type.String({ format: 'date-time', description });

/** As the API conventions of Kubernetes have it, https://github.com/kubernetes/community (api-conventions.md). */
export const Condition = Type.Object(
  {
    type: Type.Enum(CONDITION_TYPES, { description: 'What is said.' }),
    status: Type.Enum(['True', 'False', 'Unknown'], { description: 'Whether it holds.' }),
    reason: Type.String({ minLength: 1, maxLength: 1024, description: 'Why, in one word for programs.' }),
    message: Type.String({ maxLength: 32_768, description: 'Why, and what to do, for people.' }),
    observedGeneration: Type.Optional(Type.Integer({ minimum: 0, description: 'The generation this was said of.' })),
    lastTransitionTime: Time('When the status last changed.'),
  },
  { description: 'One thing that holds, or does not, of the group.' },
);
export type Condition = Static<typeof Condition>;

export const RolloutStatus = Type.Object(
  {
    switchedAt: Type.Optional(Time('When the active detectors took over; the others stand by for the soak.')),
    failedRevision: Type.Optional(
      Type.String({ maxLength: 64, description: 'Detectors that were put back; not tried again until they change.' }),
    ),
  },
  { description: 'Where a blue-green roll-out stands.' },
);

export const TelegramGroupStatus = Type.Object(
  {
    observedGeneration: Type.Optional(Type.Integer({ minimum: 0, description: 'Generation that this status is of.' })),
    groupId: Type.Optional(GroupId),
    conditions: Type.Optional(
      Type.Array(Condition, { maxItems: 20, description: 'What holds of the group, each with what to do if not.' }),
    ),
    replicas: Type.Optional(Type.Integer({ minimum: 0, description: 'Detector pods that there are.' })),
    readyReplicas: Type.Optional(Type.Integer({ minimum: 0, description: 'Those that judge or stand by.' })),
    selector: Type.Optional(Type.String({ maxLength: 512, description: 'Label selector of those pods.' })),
    partitions: Type.Optional(Type.Integer({ minimum: 0, description: 'Partitions that the topic has.' })),
    activeColor: Type.Optional(
      Type.Enum(Colour.enum, {
        description: 'Which of the two sets of detectors judges; the other one stands by, if there.',
      }),
    ),
    detectorVersion: Type.Optional(Type.String({ maxLength: 512, description: 'Image of the active detectors.' })),
    rollout: Type.Optional(RolloutStatus),
  },
  { description: 'What the operator found and did.' },
);
export type TelegramGroupStatus = Static<typeof TelegramGroupStatus>;
