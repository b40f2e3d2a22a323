import type { BoundCase, Spec } from './cases.ts';

const word = { kind: 'word', value: 'casino' };
const words = (count: number) => Array.from({ length: count }, () => word);
const checks = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, { enabled: true, factor: 1 }]));
const check = (settings: Spec) => ({ policy: { checks: { links: { enabled: true, factor: 1, ...settings } } } });
const bands = (values: Spec) => ({ policy: { bands: values } });
const list = (field: string, entry: Spec) => ({ policy: { [field]: [{ ...word, ...entry }] } });

const ofList = (field: string): BoundCase[] => [
  {
    bound: `policy.${field} maxItems`,
    accepted: { policy: { [field]: words(200) } },
    refused: { policy: { [field]: words(201) } },
    says: `spec.policy.${field}: Too many: 201: must have at most 200 items`,
  },
  {
    bound: `policy.${field}[] required`,
    accepted: { policy: { [field]: [word] } },
    refused: { policy: { [field]: [{ kind: 'word' }] } },
    says: `spec.policy.${field}[0].value: Required value`,
  },
  {
    bound: `policy.${field}[].kind enum`,
    accepted: list(field, { kind: 'channel' }),
    refused: list(field, { kind: 'regexp' }),
    says: `spec.policy.${field}[0].kind: Unsupported value: "regexp": supported values: "word", "phrase", "domain", "user", "channel"`,
  },
  {
    bound: `policy.${field}[].value minLength`,
    accepted: list(field, { value: 'a' }),
    refused: list(field, { value: '' }),
    says: `spec.policy.${field}[0].value: Invalid value: "": spec.policy.${field}[0].value in body should be at least 1 chars long`,
  },
  {
    bound: `policy.${field}[].value maxLength`,
    accepted: list(field, { value: 'a'.repeat(256) }),
    refused: list(field, { value: 'a'.repeat(257) }),
    says: `spec.policy.${field}[0].value: Too long: may not be more than 256 bytes`,
  },
];

export const POLICY_BOUNDS: readonly BoundCase[] = [
  {
    bound: 'policy.mode enum',
    accepted: { policy: { mode: 'observe' } },
    refused: { policy: { mode: 'off' } },
    says: 'spec.policy.mode: Unsupported value: "off": supported values: "observe", "enforce"',
  },
  {
    bound: 'policy.preset enum',
    accepted: { policy: { preset: 'strict' } },
    refused: { policy: { preset: 'paranoid' } },
    says: 'spec.policy.preset: Unsupported value: "paranoid": supported values: "relaxed", "balanced", "strict"',
  },
  {
    bound: 'policy.bands required',
    accepted: bands({ actPercent: 90, askPercent: 60 }),
    refused: bands({ actPercent: 90 }),
    says: 'spec.policy.bands.askPercent: Required value',
  },
  {
    bound: 'policy.bands.actPercent minimum',
    accepted: bands({ actPercent: 1, askPercent: 1 }),
    refused: bands({ actPercent: 0, askPercent: 1 }),
    says: [
      'spec.policy.bands.actPercent: Invalid value: 0: spec.policy.bands.actPercent in body should be greater than or equal to 1',
      'spec.policy.bands.askPercent: Forbidden: askPercent must not be above actPercent: what is acted on would never be asked about',
    ],
  },
  {
    bound: 'policy.bands.actPercent maximum',
    accepted: bands({ actPercent: 100, askPercent: 1 }),
    refused: bands({ actPercent: 101, askPercent: 1 }),
    says: 'spec.policy.bands.actPercent: Invalid value: 101: spec.policy.bands.actPercent in body should be less than or equal to 100',
  },
  {
    bound: 'policy.bands.askPercent minimum',
    accepted: bands({ actPercent: 50, askPercent: 1 }),
    refused: bands({ actPercent: 50, askPercent: 0 }),
    says: 'spec.policy.bands.askPercent: Invalid value: 0: spec.policy.bands.askPercent in body should be greater than or equal to 1',
  },
  {
    bound: 'policy.bands.askPercent maximum',
    accepted: bands({ actPercent: 100, askPercent: 100 }),
    refused: bands({ actPercent: 100, askPercent: 101 }),
    says: [
      'spec.policy.bands.askPercent: Invalid value: 101: spec.policy.bands.askPercent in body should be less than or equal to 100',
      'spec.policy.bands.askPercent: Forbidden: askPercent must not be above actPercent: what is acted on would never be asked about',
    ],
  },
  {
    bound: 'policy.checks maxProperties',
    accepted: { policy: { checks: checks(100) } },
    refused: { policy: { checks: checks(101) } },
    says: 'spec.policy.checks: Too many: 101: must have at most 100 items',
  },
  {
    bound: 'policy.checks[*] required',
    accepted: check({}),
    refused: check({ enabled: undefined }),
    says: 'spec.policy.checks.links.enabled: Required value',
  },
  {
    bound: 'policy.checks[*].factor minimum',
    accepted: check({ factor: 0 }),
    refused: check({ factor: -0.1 }),
    says: 'spec.policy.checks.links.factor: Invalid value: -0.1: spec.policy.checks.links.factor in body should be greater than or equal to 0',
  },
  {
    bound: 'policy.checks[*].factor maximum',
    accepted: check({ factor: 5 }),
    refused: check({ factor: 5.1 }),
    says: 'spec.policy.checks.links.factor: Invalid value: 5.1: spec.policy.checks.links.factor in body should be less than or equal to 5',
  },
  ...ofList('blocked'),
  ...ofList('allowed'),
  {
    bound: 'policy.prompt maxLength',
    accepted: { policy: { prompt: 'a'.repeat(4000) } },
    refused: { policy: { prompt: 'a'.repeat(4001) } },
    says: 'spec.policy.prompt: Too long: may not be more than 4000 bytes',
  },
  {
    bound: 'policy.language enum',
    accepted: { policy: { language: 'ru' } },
    refused: { policy: { language: 'de' } },
    says: 'spec.policy.language: Unsupported value: "de": supported values: "en", "ru"',
  },
  {
    bound: 'policy.reviewChatId minimum',
    accepted: { policy: { reviewChatId: Number.MIN_SAFE_INTEGER } },
    refused: { policy: { reviewChatId: -9_007_199_254_740_992 } },
    says: 'spec.policy.reviewChatId: Invalid value: -9007199254740992: spec.policy.reviewChatId in body should be greater than or equal to -9007199254740991',
  },
  {
    bound: 'policy.reviewChatId maximum',
    accepted: { policy: { reviewChatId: Number.MAX_SAFE_INTEGER } },
    refused: { policy: { reviewChatId: 9_007_199_254_740_992 } },
    says: 'spec.policy.reviewChatId: Invalid value: 9007199254740992: spec.policy.reviewChatId in body should be less than or equal to 9007199254740991',
  },
];
