/** Hourly counts as the log store gives them, made dense: an hour without events is there, with zeros. Pure. */
import { DATASETS, type Millis } from '@chatwarden/contracts';
import type { HourCount } from '@chatwarden/logstore';
import { Type, type Static } from 'typebox';
import { Time } from './route.ts';

export const HOUR_MS = 3_600_000;

const bands = { act: Type.Number(), ask: Type.Number(), allow: Type.Number() };

export const Counts = Type.Object(
  {
    bands: Type.Object(bands, { description: 'verdicts by band; allowed ones may be an estimate from a sample' }),
    actions: Type.Record(Type.String(), Type.Number(), { description: 'actions by kind, kinds without any left out' }),
  },
  { $id: 'Counts' },
);
export type Counts = Static<typeof Counts>;

export const HourStats = Type.Object({ hour: Time, ...Counts.properties }, { $id: 'HourStats' });
export type HourStats = Static<typeof HourStats>;

export interface Range {
  from: Millis;
  to: Millis;
}

export function hourStart(at: Millis): Millis {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

export function toStats(counts: readonly HourCount[], { from, to }: Range): { totals: Counts; hours: HourStats[] } {
  const totals = noCounts();
  const byHour = new Map<Millis, HourStats>();
  for (let hour = from; hour < to; hour += HOUR_MS) {
    byHour.set(hour, { hour: new Date(hour).toISOString(), ...noCounts() });
  }
  for (const count of counts) {
    const hour = byHour.get(count.hour);
    if (hour) add(hour, count);
    add(totals, count);
  }
  return { totals, hours: [...byHour.values()] };
}

function noCounts(): Counts {
  return { bands: { act: 0, ask: 0, allow: 0 }, actions: {} };
}

function add(counts: Counts, { dataset, name, count }: HourCount): void {
  const of: Record<string, number> | undefined = {
    [DATASETS.verdict]: counts.bands,
    [DATASETS.action]: counts.actions,
  }[dataset];
  if (of) of[name] = (of[name] ?? 0) + count;
}
