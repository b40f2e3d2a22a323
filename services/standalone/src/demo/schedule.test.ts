import { describe, expect, it } from 'vitest';
import { COMMUNITIES } from './communities.ts';
import type { Act, TimedAct } from './act.ts';
import type { SpamAct } from './content.ts';
import { scheduleActs } from './schedule.ts';
import { SPAM } from './spam.ts';

const START_MS = Date.UTC(2026, 10, 24);

function firstActs(count: number, over: { seed?: number; spam?: readonly SpamAct[] } = {}): TimedAct[] {
  const acts = scheduleActs({ communities: COMMUNITIES, spam: SPAM, seed: 1, startMs: START_MS, ...over });
  return Array.from({ length: count }, () => acts.next().value);
}

const ofKind = <K extends Act['kind']>(acts: readonly TimedAct[], kind: K) =>
  acts.map(({ act }) => act).filter((act): act is Extract<Act, { kind: K }> => act.kind === kind);

const isSpam = ({ act }: TimedAct) => act.kind === 'say' && act.trick !== undefined;

describe('the schedule', () => {
  it('is the same for the same seed and start, and another for another seed', () => {
    expect(firstActs(200)).toEqual(firstActs(200));
    expect(firstActs(200)).not.toEqual(firstActs(200, { seed: 2 }));
  });

  it.each([1, 2, 3, 4, 5])('shows blatant spam within the first 3 seconds (seed %i)', (seed) => {
    const first = firstActs(20, { seed }).find(isSpam);
    expect(first).toMatchObject({ act: { trick: 'blatant', label: 'spam' } });
    expect(first?.atMs).toBeLessThan(3000);
  });

  it('keeps human pace: a beat every 1 to 4 seconds, about every eighth a spam act', () => {
    const acts = firstActs(2000);
    const beats = acts.filter(
      ({ act }) => act.kind === 'arrive' || (act.kind === 'say' && act.by.startsWith('visitor')),
    );
    const lastMs = acts.at(-1)?.atMs ?? 0;
    const honest = acts.length - beats.length;
    const arrivals = ofKind(acts, 'arrive').length;
    expect(lastMs / (honest + arrivals)).toBeGreaterThan(2000);
    expect(lastMs / (honest + arrivals)).toBeLessThan(3000);
    expect(honest / arrivals).toBeGreaterThan(6.5);
    expect(honest / arrivals).toBeLessThan(9.5);
  });

  it('is in order of time', () => {
    const times = firstActs(500).map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('lets every spammer arrive anew, before it speaks', () => {
    const acts = firstActs(1000);
    const arrivals = ofKind(acts, 'arrive').map(({ visitor }) => visitor.key);
    expect(new Set(arrivals).size).toBe(arrivals.length);
    expect(arrivals.length).toBeGreaterThan(50);
    const firstOf = (wanted: string) =>
      acts.findIndex(({ act }) => (act.kind === 'arrive' ? act.visitor.key : act.kind === 'say' && act.by) === wanted);
    const speakers = ofKind(acts, 'say').filter(({ by }) => by.startsWith('visitor'));
    expect(speakers.filter(({ by }) => acts[firstOf(by)]?.act.kind !== 'arrive')).toEqual([]);
  });

  it('says every message under a name of its own, and edits and answers only what was said', () => {
    const acts = firstActs(2000).map(({ act }) => act);
    const saidAt = new Map<string, number>();
    acts.forEach((act, index) => {
      if (act.kind === 'say' || act.kind === 'post') saidAt.set(act.name, index);
    });
    expect(saidAt.size).toBe(acts.filter(({ kind }) => kind === 'say' || kind === 'post').length);
    const tooEarly = acts.filter((act, index) => {
      const about = act.kind === 'edit' ? act.name : act.kind === 'say' ? act.repliesTo : undefined;
      return about !== undefined && (saidAt.get(about) ?? Infinity) >= index;
    });
    expect(tooEarly).toEqual([]);
  });

  it('keeps to the languages of a group', () => {
    const acts = firstActs(3000);
    const arrivals = ofKind(acts, 'arrive');
    const languages = (key: string) =>
      new Set(arrivals.filter(({ community }) => community === key).map(({ visitor }) => visitor.person.language));
    expect(languages('growers')).toEqual(new Set(['en']));
    expect(languages('neighbours')).toEqual(new Set(['ru']));
    expect(languages('coders')).toEqual(new Set(['en', 'ru']));
  });

  it('puts first comments under a fresh post, album parts into one album, and edits where they belong', () => {
    const acts = firstActs(6000);
    const comments = ofKind(acts, 'say').filter(({ trick }) => trick === 'first comment');
    const posts = new Set(ofKind(acts, 'post').map(({ name }) => name));
    expect(comments.length).toBeGreaterThan(0);
    for (const { repliesTo } of comments) expect(posts).toContain(repliesTo);

    const albums = ofKind(acts, 'say').filter(({ message, by }) => message.media_group_id && by.startsWith('visitor'));
    const parts = Map.groupBy(albums, ({ message }) => message.media_group_id);
    expect([...parts.values()].every((all) => all.length >= 2)).toBe(true);
    expect(ofKind(acts, 'edit').length).toBeGreaterThan(0);
  });

  it('can do without blatant spam', () => {
    const polite = SPAM.filter(({ trick }) => trick === 'offer');
    expect(firstActs(20, { spam: polite }).find(isSpam)).toMatchObject({ act: { trick: 'offer' } });
  });
});
