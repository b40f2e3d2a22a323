/**
 * What became of what was said, counted from four sides. Pure.
 * Documents are a sample: of the allowed verdicts in one batch of the journal 20 are kept, and each says how many it
 * stands for. The weights of a batch add up to its size, so the sum over all documents is the number of verdicts that
 * were journalled, exactly, unless a batch was delivered again with other borders; which message an allowed verdict was
 * about is known for the kept ones only. The records of topic `verdicts` and the detectors' own counter are of every
 * verdict. For spam nothing is sampled: each one has a document of its own, and an effect at Telegram.
 */
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import type { Said } from '../../town/people.ts';

/** One journalled verdict of a message. */
export interface VerdictSeen {
  chatId: number;
  messageId: number;
  /** How many it stands for. */
  weight: number;
  /** Epoch ms. */
  judgedAt: number;
}

export interface Counted {
  /** Records of topic `verdicts` that are about a message for the first time. */
  records: number;
  /** By the detectors' counter. */
  judged: number;
  verdicts: readonly VerdictSeen[];
  /** Messages that are gone, by `placeOf`. */
  deletedAt: ReadonlyMap<string, number>;
}

export interface Lost {
  /** Messages without a record of a verdict. */
  unjudged: number;
  /** Messages that no document stands for. */
  unjournalled: number;
  /** Spam without a document of its own. */
  spamUnjournalled: number;
  spamUndeleted: number;
}

export function placeOf({ chatId, messageId }: { chatId: number; messageId?: number }): string {
  return `${chatId} ${messageId}`;
}

export function weightOf(verdicts: readonly VerdictSeen[]): number {
  // Weights are quotients: their sum misses a whole number by the last bits only.
  return Math.round(verdicts.reduce((sum, { weight }) => sum + weight, 0));
}

export function findLost(said: readonly Said[], { records, judged, verdicts, deletedAt }: Counted): Lost {
  const spam = said.filter((one) => one.spam).map(placeOf);
  const journalled = new Set(verdicts.map(placeOf));
  return {
    unjudged: Math.max(0, said.length - Math.min(records, judged)),
    unjournalled: Math.max(0, said.length - weightOf(verdicts)),
    spamUnjournalled: spam.filter((place) => !journalled.has(place)).length,
    spamUndeleted: spam.filter((place) => !deletedAt.has(place)).length,
  };
}

export function deletionsOf({ record }: FakeTelegram): ReadonlyMap<string, number> {
  const deleted = record.effects.filter(({ kind }) => kind === 'messageDeleted');
  return new Map(deleted.map((effect) => [placeOf(effect), effect.atMs]));
}

export interface Waited {
  ms: number;
  /** How many messages waited as long. */
  weight: number;
}

export function untilVerdict(said: readonly Said[], verdicts: readonly VerdictSeen[]): Waited[] {
  const saidAt = new Map(said.map((one) => [placeOf(one), one.atMs]));
  return verdicts.flatMap((one) => {
    const atMs = saidAt.get(placeOf(one));
    return atMs === undefined ? [] : [{ ms: one.judgedAt - atMs, weight: one.weight }];
  });
}

export function untilDeletion(said: readonly Said[], deletedAt: ReadonlyMap<string, number>): Waited[] {
  return said.flatMap((one) => {
    const atMs = one.spam ? deletedAt.get(placeOf(one)) : undefined;
    return atMs === undefined ? [] : [{ ms: atMs - one.atMs, weight: 1 }];
  });
}

/** `share` of all messages waited for no longer than this. */
export function percentile(waited: readonly Waited[], share: number): number {
  const sorted = waited.toSorted((a, b) => a.ms - b.ms);
  let left = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  for (const { ms, weight } of sorted) {
    left -= weight;
    if (left <= 0) return Math.round(ms);
  }
  return Math.round(sorted.at(-1)?.ms ?? 0);
}
