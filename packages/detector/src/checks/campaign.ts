import type { CampaignCount } from '@chatwarden/contracts';
import { isNewcomer, nothing, type Check } from './check.ts';
import { isTextKey } from '../prepare/prepare.ts';
import { isHarmless } from './payload.ts';

/** By how many others posted the same text, the most first: people rarely say the same long thing, advertisers do. */
const BY_TEXT = [
  [15, 5],
  [10, 4],
  [6, 3],
  [4, 2.2],
  [3, 1.6],
  [2, 0.8],
] as const;
/** The same place, file or number, in whatever words: honest people share links too. */
const BY_PLACE = [
  [10, 2.2],
  [5, 1.5],
  [3, 0.8],
] as const;
const BAD_TEXT = 2.5;
const BAD_PLACE = 1.2;
/** Nobody is newly come to two groups with the same words. */
const PER_FURTHER_GROUP = 0.6;
const FURTHER_GROUPS_MAX = 3;

export const campaign: Check = {
  name: 'campaign',
  describe: 'A newcomer’s message that shares its text, link, file, handle or number with messages of others',
  weights: [0.8, 11.2],
  find: ({ prepared, context }) => {
    if (context.campaigns.length === 0 || prepared.event.kind !== 'MessagePosted')
      return nothing('nobody else posts it');
    if (!isNewcomer(context)) return nothing('posted by others too, but the sender is known');
    const text = heaviest(
      context.campaigns.filter(({ key }) => isTextKey(key)),
      { steps: BY_TEXT, bad: BAD_TEXT },
    );
    const places = context.campaigns.filter((one) => !isTextKey(one.key) && !isHarmless({ host: hostOf(one) }));
    const place = heaviest(places, { steps: BY_PLACE, bad: BAD_PLACE });
    const weight = text.weight + place.weight;
    if (weight === 0) return nothing('hardly anybody else posts it');
    return { weight, reason: [text.reason, place.reason].filter(Boolean).join('; ') };
  },
};

interface Scale {
  steps: readonly (readonly [senders: number, weight: number])[];
  bad: number;
}

function heaviest(counts: readonly CampaignCount[], scale: Scale): { weight: number; reason: string } {
  const weighed = counts.map((count) => ({ weight: weightOf(count, scale), reason: reasonOf(count) }));
  return weighed.toSorted((a, b) => b.weight - a.weight)[0] ?? { weight: 0, reason: '' };
}

function weightOf({ senders, groups, bad }: CampaignCount, { steps, bad: badWeight }: Scale): number {
  const spread = steps.find(([least]) => senders >= least)?.[1] ?? 0;
  if (spread === 0 && !bad) return 0;
  const further = Math.min(Math.max(groups - 1, 0), FURTHER_GROUPS_MAX) * PER_FURTHER_GROUP;
  return spread + further + (bad ? badWeight : 0);
}

function reasonOf(count: CampaignCount): string {
  const { senders, groups, bad } = count;
  const where = groups > 1 ? ` in ${groups} groups` : '';
  const what = count.key.slice(0, count.key.indexOf(':'));
  return `the same ${what} by ${senders} other(s)${where} within 48 hours${bad ? ', spam before' : ''}`;
}

function hostOf({ key }: CampaignCount): string {
  return key.startsWith('host:') ? key.slice('host:'.length) : '';
}
