import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { GroupPolicy, policyFromPreset, PRESETS, type Preset } from './policy.ts';
import { isSanctionable } from './sender.ts';

const check = Compile(GroupPolicy);

describe('presets', () => {
  test.each(Object.keys(PRESETS) as Preset[])('%s is a valid policy that asks before it acts', (preset) => {
    const policy = policyFromPreset(preset, 'observe');
    expect(check.Check(policy)).toBe(true);
    expect(policy.bands.ask).toBeLessThan(policy.bands.act);
    expect(policy.ladder[0]?.fromOffence).toBe(0);
  });

  test('go from relaxed to strict in both bands', () => {
    const acts = (['relaxed', 'balanced', 'strict'] as const).map((preset) => PRESETS[preset].bands);
    expect(acts.map((bands) => bands.act)).toEqual(acts.map((bands) => bands.act).toSorted((a, b) => b - a));
    expect(acts.map((bands) => bands.ask)).toEqual(acts.map((bands) => bands.ask).toSorted((a, b) => b - a));
  });

  test('a policy made of a preset can be changed without changing the preset', () => {
    policyFromPreset('balanced', 'enforce').bands.act = 0.5;
    expect(PRESETS.balanced.bands.act).toBe(0.9);
  });
});

describe('who may be sanctioned', () => {
  test.each([
    ['a member', { as: 'user', role: 'member' }, true],
    ['a user of unknown role', { as: 'user', role: 'unknown' }, true],
    ['a channel', { as: 'channel', role: 'member' }, true],
    ['an administrator', { as: 'user', role: 'administrator' }, false],
    ['the creator', { as: 'user', role: 'creator' }, false],
    ['the linked channel', { as: 'linkedChannel', role: 'administrator' }, false],
    ['an anonymous administrator', { as: 'anonymousAdmin', role: 'administrator' }, false],
    ['Telegram itself', { as: 'telegram', role: 'member' }, false],
  ] as const)('%s', (_name, sender, expected) => {
    expect(isSanctionable(sender)).toBe(expected);
  });
});
