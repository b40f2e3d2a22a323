import { NOON } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { HOUR_MS, toStats } from './to-stats.ts';

const row = { groupId: 'g0123456789abcdef', hour: NOON, dataset: 'chatwarden.verdict', name: 'act', count: 2 };

it('has every hour of the range, those without events too', () => {
  const { hours } = toStats([row], { from: NOON - HOUR_MS, to: NOON + 1 });
  expect(hours).toEqual([
    { hour: '2026-11-24T11:00:00.000Z', bands: { act: 0, ask: 0, allow: 0 }, actions: {} },
    { hour: '2026-11-24T12:00:00.000Z', bands: { act: 2, ask: 0, allow: 0 }, actions: {} },
  ]);
});

it('adds up groups, and keeps bands and actions apart', () => {
  const other = { ...row, groupId: 'gfedcba9876543210', count: 3 };
  const action = { ...row, dataset: 'chatwarden.action', name: 'ban', count: 1 };
  const unknown = { ...row, dataset: 'nginx.access', name: 'act', count: 9 };
  const { totals, hours } = toStats([row, other, action, unknown], { from: NOON, to: NOON + HOUR_MS });
  expect(totals).toEqual({ bands: { act: 5, ask: 0, allow: 0 }, actions: { ban: 1 } });
  expect(hours[0]).toMatchObject(totals);
});
