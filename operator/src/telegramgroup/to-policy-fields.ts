import { PRESETS, type GroupPolicy, type PolicyFields } from '@chatwarden/contracts';

/** The fields of the group's policy that a TelegramGroup sets, and so locks. Undefined when it sets none. */
export function toPolicyFields(fields: PolicyFields | undefined): Partial<GroupPolicy> | undefined {
  if (!fields) return undefined;
  const { preset, bands, ...same } = fields;
  const policy: Partial<GroupPolicy> = {
    ...defined(same),
    ...(preset === undefined ? {} : { preset, ...PRESETS[preset] }),
    ...(bands === undefined ? {} : { bands: { act: bands.actPercent / 100, ask: bands.askPercent / 100 } }),
  };
  return Object.keys(policy).length === 0 ? undefined : policy;
}

function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
