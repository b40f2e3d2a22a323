/** How far each consumer group is behind, and Telegram with what the bot has not confirmed. */
import type { KafkaBus } from '@chatwarden/bus';

const GROUPS = [
  { topic: 'events', group: 'alertd-detect' },
  { topic: 'verdicts', group: 'bot-plan' },
  { topic: 'verdicts', group: 'alertd-journal' },
  { topic: 'actions', group: 'alertd-journal' },
  { topic: 'logs', group: 'ingestd-index' },
] as const;

/** Records by topic and group; updates for `telegram`. */
export type Lag = Readonly<Record<string, number>>;

export async function readLag(bus: KafkaBus, waiting: () => number): Promise<Lag> {
  const ofGroups = await Promise.all(
    GROUPS.map(async ({ topic, group }) => {
      const positions = await bus.positionsOf(topic, group);
      return [`${topic} ${group}`, positions.reduce((sum, { lag }) => sum + lag, 0)] as const;
    }),
  );
  return { telegram: waiting(), ...Object.fromEntries(ofGroups) };
}

export function totalOf(lag: Lag): number {
  return Object.values(lag).reduce((sum, each) => sum + each, 0);
}

/**
 * Whether what waits is more at the end of a run than at its beginning: the means of the last and of the first third
 * differ by more than `tolerated` records. A pause of a garbage collector is in one sample and is no growth.
 */
export function hasGrown(totals: readonly number[], tolerated: number): boolean {
  const third = Math.ceil(totals.length / 3);
  const mean = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0) / Math.max(1, of.length);
  return mean(totals.slice(-third)) > mean(totals.slice(0, third)) + tolerated;
}
