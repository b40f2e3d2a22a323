/**
 * Acted, asked and corrected verdicts are kept whole. Allowed ones above a rate are sampled, and each kept one says
 * how many it stands for, so that counts stay an honest estimate. Pure: the same batch gives the same sample.
 */
import type { Verdict } from '@chatwarden/contracts';

export interface Weighed {
  verdict: Verdict;
  weight: number;
}

/** `allowedMax`: allowed verdicts kept per group and batch; Infinity keeps everything. */
export function sample(verdicts: readonly Verdict[], allowedMax: number): Weighed[] {
  const allowed = new Map<string, Verdict[]>();
  const kept: Weighed[] = [];
  for (const verdict of verdicts) {
    if (verdict.band !== 'allow' || verdict.stage === 'moderator') {
      kept.push({ verdict, weight: 1 });
      continue;
    }
    const group = allowed.get(verdict.groupId);
    if (group) group.push(verdict);
    else allowed.set(verdict.groupId, [verdict]);
  }
  for (const group of allowed.values()) kept.push(...everyNth(group, allowedMax));
  return kept;
}

function everyNth(verdicts: readonly Verdict[], max: number): Weighed[] {
  if (verdicts.length <= max) return verdicts.map((verdict) => ({ verdict, weight: 1 }));
  const weight = verdicts.length / max;
  return Array.from({ length: max }, (_, index) => ({
    verdict: verdicts[Math.floor(index * weight)] as Verdict,
    weight,
  }));
}
