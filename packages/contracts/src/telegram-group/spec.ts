/**
 * What a platform team writes in a TelegramGroup. Descriptions are what `kubectl explain` prints, and defaults and bounds
 * are what the API server keeps; rules over several fields stand in rules.ts.
 */
import { Type, type Static } from 'typebox';
import { Language } from '../language.ts';
import { Mode } from '../decision.ts';
import { CheckSettings, Preset } from '../policy.ts';

export const Isolation = Type.Enum(['Shared', 'Dedicated'], {
  default: 'Shared',
  description:
    'Shared: the pool that judges all groups judges this one too. Dedicated: a topic and detectors of its own, ' +
    'so that its load and that of others do not touch. Dedicated isolates load, not trust.',
});
export type Isolation = Static<typeof Isolation>;

export const Throughput = Type.Object(
  {
    messagesPerSecond: Type.Integer({
      minimum: 1,
      maximum: 20_000,
      default: 100,
      description: 'Messages a second that the group sees in its busy hours. Replicas and resources follow from it.',
    }),
    burstFactor: Type.Integer({
      minimum: 1,
      maximum: 20,
      default: 3,
      description: 'How many times that a burst may be, for minutes. The largest number of replicas follows from it.',
    }),
  },
  { default: {}, description: 'What the group is expected to bear, in the terms of its users.' },
);

export const Availability = Type.Object(
  {
    target: Type.Enum(['99', '99.9', '99.95'], {
      default: '99.9',
      description:
        'Percentage of messages with a verdict within five seconds, over 30 days. From 99.95 on three replicas are ' +
        'kept instead of two.',
    }),
  },
  { default: {}, description: 'How much of the time the group must be judged.' },
);

export const Autoscaling = Type.Object(
  {
    engine: Type.Optional(
      Type.Enum(['KEDA', 'HPA'], {
        description:
          'What scales the detectors: KEDA by the lag of the topic in seconds, HPA by CPU. By default KEDA where the ' +
          'cluster has it, else HPA.',
      }),
    ),
    minReplicas: Type.Integer({
      default: 2,
      maximum: 96,
      description:
        'Replicas that are always there. The operator raises it to what throughput and availability ask for. ' +
        '`kubectl scale` sets this field.',
    }),
    maxReplicas: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: 96,
        description: 'Replicas at most; by default what a burst asks for. More than partitions would find no work.',
      }),
    ),
    lagSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 300,
        description: 'Seconds that messages may wait before KEDA adds replicas; 5 by default.',
      }),
    ),
  },
  { default: {}, description: 'How the number of replicas follows the load. Used with isolation Dedicated.' },
);

export const Rollout = Type.Object(
  {
    strategy: Type.Enum(['Rolling', 'BlueGreen'], {
      default: 'Rolling',
      description:
        'Rolling: pod by pod. BlueGreen: the new detectors stand ready beside the old ones, take over in one step, ' +
        'and the old ones come back if the new ones fail.',
    }),
    soakSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 86_400,
        description: 'With BlueGreen: how long the old detectors stand by after the switch; 300 by default.',
      }),
    ),
  },
  { default: {}, description: 'How a new version of the detector, or a change of its settings, comes into use.' },
);

const ListEntry = Type.Object({
  kind: Type.Enum(['word', 'phrase', 'domain', 'user', 'channel'], { description: 'What the value is compared with.' }),
  value: Type.String({
    minLength: 1,
    maxLength: 256,
    description: 'Compared folded; `*` matches any run of characters; a domain matches its subdomains.',
  }),
});
const listOf = (what: string) =>
  Type.Optional(Type.Array(ListEntry, { maxItems: 200, description: `What is ${what}, whatever else is found.` }));

/** Fields that are absent are the group's own business. */
export const PolicyFields = Type.Object(
  {
    mode: Type.Optional(
      Type.Enum(Mode.enum, { description: 'observe: judged and reported, nothing is done. enforce: spam is removed.' }),
    ),
    preset: Type.Optional(
      Type.Enum(Preset.enum, { description: 'Bands and sanctions by a name: relaxed, balanced or strict.' }),
    ),
    bands: Type.Optional(
      Type.Object(
        {
          actPercent: Type.Integer({ minimum: 1, maximum: 100, description: 'Spam for certain: acted on from here.' }),
          askPercent: Type.Integer({ minimum: 1, maximum: 100, description: 'Doubtful: a moderator is asked.' }),
        },
        { description: 'Thresholds on the calibrated score, instead of those of a preset.' },
      ),
    ),
    checks: Type.Optional(
      Type.Record(Type.String(), CheckSettings, {
        maxProperties: 100,
        description: 'Settings of single checks by their name, as in docs/checks.md.',
      }),
    ),
    blocked: listOf('spam'),
    allowed: listOf('never spam'),
    prompt: Type.Optional(
      Type.String({ maxLength: 4000, description: 'What the language model is told of the group.' }),
    ),
    language: Type.Optional(Type.Enum(Language.enum, { description: 'Language of what the bot says.' })),
    notices: Type.Optional(Type.Boolean({ description: 'Say in the group that a message was removed.' })),
    reviewChatId: Type.Optional(
      Type.Integer({
        minimum: Number.MIN_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Telegram id of the chat where moderators are asked, instead of the group.',
      }),
    ),
  },
  { description: 'Fields that are set here win over the portal and show there as locked.' },
);
export type PolicyFields = Static<typeof PolicyFields>;

export const TelegramGroupSpec = Type.Object(
  {
    chatId: Type.Integer({
      minimum: Number.MIN_SAFE_INTEGER,
      description:
        'Telegram id of the supergroup, such as -1001234567890. It cannot be changed. A chat is steered by one TelegramGroup.',
    }),
    botRef: Type.Optional(
      Type.Object(
        {
          id: Type.Integer({
            minimum: 1,
            maximum: Number.MAX_SAFE_INTEGER,
            description: 'Telegram id of the bot: what stands before the colon of its token.',
          }),
        },
        { description: 'The bot that moderates the group, where an installation has several; any when absent.' },
      ),
    ),
    isolation: Isolation,
    throughput: Throughput,
    availability: Availability,
    autoscaling: Autoscaling,
    partitions: Type.Integer({
      minimum: 2,
      maximum: 96,
      default: 6,
      description:
        "Partitions of the group's own topic, and so the most replicas that can work at once. It can only grow: with " +
        'more of them a sender may move to another one, and the order of their messages is broken once.',
    }),
    detector: Type.Optional(
      Type.Object(
        {
          version: Type.String({
            maxLength: 128,
            pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
            description: 'Tag of the detector image; by default that of the installation.',
          }),
        },
        { description: 'Which detector judges this group. Used with isolation Dedicated.' },
      ),
    ),
    rollout: Rollout,
    policy: Type.Optional(PolicyFields),
    suspend: Type.Boolean({
      default: false,
      description: 'The operator leaves everything of this group as it is until this is false again.',
    }),
  },
  { description: 'What the group needs.' },
);
export type TelegramGroupSpec = Static<typeof TelegramGroupSpec>;
