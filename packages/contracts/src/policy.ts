/**
 * What a group wants. Kept as (group, revision) and never overwritten. Bands are thresholds on the calibrated score;
 * presets are starting points that people recognise by name.
 */
import { Type, type Static } from 'typebox';
import { Language } from './language.ts';
import { Mode } from './decision.ts';
import { Millis } from './ids.ts';

export const ListEntry = Type.Object({
  kind: Type.Enum(['word', 'phrase', 'domain', 'user', 'channel']),
  /** Compared folded, `*` matches any run of characters; a domain matches its subdomains. */
  value: Type.String({ minLength: 1, maxLength: 256 }),
  expiresAt: Type.Optional(Millis),
});
export type ListEntry = Static<typeof ListEntry>;

export const CheckSettings = Type.Object(
  {
    enabled: Type.Boolean({ description: 'Whether the check looks at messages at all.' }),
    factor: Type.Number({ minimum: 0, maximum: 5, description: "Multiplies the check's own weight; 1 leaves it." }),
  },
  { description: 'Settings of one check.' },
);
export type CheckSettings = Static<typeof CheckSettings>;

/** From the n-th offence on (0 is the first), until a later step takes over. */
export const LadderStep = Type.Object({
  fromOffence: Type.Integer({ minimum: 0 }),
  sanction: Type.Enum(['none', 'restrict', 'ban']),
  /** Absent is for ever; at least a minute, since Telegram reads less than 30 s as for ever. */
  durationMs: Type.Optional(Type.Integer({ minimum: 60_000 })),
});
export type LadderStep = Static<typeof LadderStep>;

export const Preset = Type.Enum(['relaxed', 'balanced', 'strict']);
export type Preset = Static<typeof Preset>;

export const GroupPolicy = Type.Object({
  mode: Mode,
  preset: Preset,
  bands: Type.Object({
    act: Type.Number({ minimum: 0, maximum: 1 }),
    ask: Type.Number({ minimum: 0, maximum: 1 }),
  }),
  checks: Type.Record(Type.String(), CheckSettings),
  blocked: Type.Array(ListEntry),
  allowed: Type.Array(ListEntry),
  ladder: Type.Array(LadderStep, { minItems: 1 }),
  prompt: Type.Optional(Type.String({ maxLength: 4000 })),
  language: Language,
  /** Say in the group that a message was removed. */
  notices: Type.Boolean(),
  /** Where cards go; absent is into the group itself, as a reply. */
  reviewChatId: Type.Optional(Type.Integer()),
});
export type GroupPolicy = Static<typeof GroupPolicy>;

const DAY_MS = 86_400_000;

type PresetPart = Pick<GroupPolicy, 'bands' | 'ladder'>;

/** Relaxed would rather miss spam, Strict would rather ask once too often. */
export const PRESETS: Readonly<Record<Preset, PresetPart>> = {
  relaxed: {
    bands: { act: 0.97, ask: 0.85 },
    ladder: [
      { fromOffence: 0, sanction: 'none' },
      { fromOffence: 1, sanction: 'restrict', durationMs: DAY_MS },
      { fromOffence: 2, sanction: 'ban' },
    ],
  },
  balanced: {
    bands: { act: 0.9, ask: 0.6 },
    ladder: [
      { fromOffence: 0, sanction: 'restrict', durationMs: DAY_MS },
      { fromOffence: 1, sanction: 'ban' },
    ],
  },
  strict: {
    bands: { act: 0.8, ask: 0.4 },
    ladder: [{ fromOffence: 0, sanction: 'ban' }],
  },
};

export function policyFromPreset(preset: Preset, mode: Mode): GroupPolicy {
  const { bands, ladder } = PRESETS[preset];
  return {
    mode,
    preset,
    bands: { ...bands },
    checks: {},
    blocked: [],
    allowed: [],
    ladder: ladder.map((step) => ({ ...step })),
    language: 'en',
    notices: false,
  };
}
