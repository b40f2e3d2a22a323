/** Conditions that each say something of one part of a group. */
import { NOT_OBSERVED, shared, type ConditionText } from './reason.ts';

export const CONFIGURATION: ConditionText = {
  about: 'The chat is known, and this TelegramGroup may steer it. Nothing of a group is touched before.',
  reasons: [
    { reason: 'Valid', status: 'True', means: 'It may.' },
    {
      reason: 'Unclaimed',
      status: 'False',
      means: 'The owner of the chat has not agreed yet.',
      todo: 'Let the owner send the command of the message, with its code, in the chat.',
    },
    {
      reason: 'ClaimedByAnother',
      status: 'False',
      means: 'The owner has given the chat to another TelegramGroup, maybe of another team.',
      todo: 'Delete one of the two. When the other one is gone, the owner is asked again.',
    },
    {
      reason: 'DuplicateChat',
      status: 'False',
      means: 'With CLAIMS=off: an older TelegramGroup has the same chat.',
      todo: 'Delete one of the two; the message names the other one.',
    },
    {
      reason: 'ChatUnknown',
      status: 'False',
      means: 'The bot has never seen the chat.',
      todo: 'Add the bot to the chat as an administrator who may delete messages and ban people; check spec.chatId.',
    },
    {
      reason: 'OtherBot',
      status: 'False',
      means: 'Another bot of the installation moderates the chat.',
      todo: 'Correct spec.botRef, or exchange the bots in the chat.',
    },
    {
      reason: 'CeilingReached',
      status: 'False',
      means: 'The cluster has as many dedicated groups as it may. The shared detectors judge this one.',
      todo: 'Make another group Shared, or raise DEDICATED_MAX of the operator.',
    },
    NOT_OBSERVED,
  ],
};

export const TOPIC: ConditionText = {
  about: 'There is a topic for what is said in the group, with as many partitions as asked for.',
  reasons: [
    { reason: 'TopicReady', status: 'True', means: 'Its own topic has as many partitions as spec.partitions.' },
    {
      reason: 'MorePartitions',
      status: 'True',
      means: 'Its own topic has more partitions than spec.partitions: they cannot be taken away.',
      todo: 'Set spec.partitions to what there is, so that both say the same.',
    },
    shared('True', 'Its events are in the topic of all groups.'),
    {
      reason: 'KafkaAway',
      status: 'Unknown',
      means: 'Kafka could not be asked. What runs is looked after meanwhile.',
      todo: 'Look at Kafka and at KAFKA_BROKERS of the operator; where Kafka refuses, the message names the setting or the ACL.',
    },
    NOT_OBSERVED,
  ],
};

export const WORKLOAD: ConditionText = {
  about: 'As many detectors as there always should be are ready.',
  reasons: [
    { reason: 'Available', status: 'True', means: 'They are.' },
    shared('True', 'The shared detectors judge the group.'),
    { reason: 'Creating', status: 'Unknown', means: 'The detectors are being made.' },
    {
      reason: 'TooFewDetectors',
      status: 'False',
      means: 'Some are missing. The others judge.',
      todo: 'The message says what keeps the first of them: no node, no image, no Secret, an error at its start.',
    },
    {
      reason: 'NoDetectors',
      status: 'False',
      means: 'None is ready, and nothing of a dedicated group is judged until one is.',
      todo: 'As for TooFewDetectors.',
    },
    NOT_OBSERVED,
  ],
};

export const SCALING: ConditionText = {
  about: 'The autoscaler can read its metric and change the replicas. Reasons that are not listed are its own.',
  reasons: [
    { reason: 'KEDA', status: 'True', means: 'Scaled by the lag of the topic.' },
    { reason: 'HPA', status: 'True', means: 'Scaled by CPU.' },
    shared('False', 'The shared detectors scale for all groups together.'),
    { reason: 'Held', status: 'False', means: 'Nothing is scaled during a blue-green switch.' },
    { reason: 'Starting', status: 'Unknown', means: 'The autoscaler has not said anything yet.' },
    {
      reason: 'Fallback',
      status: 'False',
      means: 'KEDA cannot read the lag from Kafka. It takes no replicas away.',
      todo: 'Look at the log of the KEDA operator: addresses, certificates and rights at Kafka.',
    },
    {
      reason: 'NoKeda',
      status: 'False',
      means: 'The engine KEDA is asked for, and the cluster has none.',
      todo: 'Install KEDA, which is noticed within a minute, or set spec.autoscaling.engine to HPA, or leave it out.',
    },
    {
      reason: 'Inactive',
      status: 'False',
      means: 'The autoscaler does not scale and gives no reason.',
      todo: 'kubectl describe hpa in the namespace of the group.',
    },
    {
      reason: 'NotAble',
      status: 'False',
      means: 'The autoscaler cannot change the replicas and gives no reason.',
      todo: 'kubectl describe hpa in the namespace of the group.',
    },
    NOT_OBSERVED,
  ],
};

export const THROUGHPUT: ConditionText = {
  about: 'Messages are judged as fast as they come.',
  reasons: [
    { reason: 'KeepingUp', status: 'True', means: 'They are. The message tells when bursts will have to wait.' },
    {
      reason: 'AtPartitionLimit',
      status: 'False',
      means: 'Messages wait, and every partition has a detector of its own.',
      todo: 'Raise spec.partitions.',
    },
    {
      reason: 'AtReplicaLimit',
      status: 'False',
      means: 'Messages wait, and there are as many detectors as may be.',
      todo: 'Raise spec.autoscaling.maxReplicas; where it is not set, raise spec.throughput.',
    },
    { reason: 'CatchingUp', status: 'False', means: 'Messages wait, and the autoscaler adds detectors.' },
    shared('Unknown', 'What a group bears depends on the others that share with it.'),
    NOT_OBSERVED,
  ],
};

export const RECOMMENDED: ConditionText = {
  about: 'A shared group is so busy that it should not share. It informs; nothing is done.',
  reasons: [
    {
      reason: 'HighRate',
      status: 'True',
      means: 'Its busiest hour of late was above RECOMMEND_DEDICATED_AT of the operator.',
      todo: 'Set spec.isolation to Dedicated.',
    },
    { reason: 'LowRate', status: 'False', means: 'It may share, or its rate is not known yet.' },
    { reason: 'Dedicated', status: 'False', means: 'It does not share.' },
    NOT_OBSERVED,
  ],
};
