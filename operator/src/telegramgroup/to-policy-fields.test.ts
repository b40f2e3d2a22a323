import { PRESETS } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { toPolicyFields } from './to-policy-fields.ts';

it('locks nothing where nothing is set', () => {
  expect([toPolicyFields(undefined), toPolicyFields({})]).toEqual([undefined, undefined]);
});

it('locks a preset with the bands and sanctions that it stands for', () => {
  expect(toPolicyFields({ preset: 'strict', mode: 'enforce' })).toEqual({
    mode: 'enforce',
    preset: 'strict',
    bands: PRESETS.strict.bands,
    ladder: PRESETS.strict.ladder,
  });
});

it('reads thresholds in percent', () => {
  expect(toPolicyFields({ bands: { actPercent: 95, askPercent: 70 } })).toEqual({ bands: { act: 0.95, ask: 0.7 } });
});

it('takes lists, language and the rest as they are', () => {
  const fields = {
    blocked: [{ kind: 'domain' as const, value: 'casino.example' }],
    language: 'ru' as const,
    notices: true,
    reviewChatId: -100_200_300,
  };
  expect(toPolicyFields(fields)).toEqual(fields);
});
