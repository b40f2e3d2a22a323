import { describe, expect, it } from 'vitest';
import { COMMUNITIES } from './communities.ts';
import { CHANNEL, TRICKS, type Speech } from './content.ts';
import { seededRandom } from './random.ts';
import { SPAM } from './spam.ts';
import { toSaid } from './to-said.ts';

const lines = COMMUNITIES.flatMap(({ dialogues }) => dialogues.flat());
const honest = [
  ...lines.map(([, says]) => says),
  ...SPAM.filter(({ label }) => label === 'ham').flatMap(({ steps }) => steps.map(({ says }) => says)),
  ...COMMUNITIES.flatMap(({ posts = [] }) => posts),
];
const spam = SPAM.filter(({ label }) => label === 'spam').flatMap(({ steps }) => steps.map(({ says }) => says));
const HARMLESS = ['github.com', 'wikipedia.org', 'youtube.com', 't.me'];

const textOf = (speech: Speech): string => JSON.stringify(toSaid(speech, { random: seededRandom(1), nowS: 0 }));
const hostsIn = (speech: Speech): string[] =>
  Array.from(textOf(speech).matchAll(/https:\/\/([^/\s"\\]+)/g), ([, host = '']) => host.replace(/\W+$/, ''));

describe('the content of the demo', () => {
  it('has enough honest lines and spam acts to be watched for a while', () => {
    expect(lines.length).toBeGreaterThanOrEqual(220);
    expect(SPAM.length).toBeGreaterThanOrEqual(70);
  });

  it.each(COMMUNITIES)('gives every line of $key to somebody who is there, answering an earlier line', (community) => {
    const { owner, moderator, members, channel, dialogues } = community;
    const present = new Set([owner, moderator, ...members].map(({ key }) => key));
    if (channel !== undefined) present.add(CHANNEL);
    expect(members.length).toBeGreaterThanOrEqual(12);
    for (const dialogue of dialogues) {
      dialogue.forEach(([by, , repliesBack = 0], index) => {
        expect(present).toContain(by);
        expect(repliesBack).toBeLessThanOrEqual(index);
      });
      expect(dialogue.length).toBeGreaterThanOrEqual(2);
      expect(dialogue.length).toBeLessThanOrEqual(6);
    }
    const speakers = new Set(dialogues.flatMap((dialogue) => dialogue.map(([by]) => by)));
    expect([...present].filter((key) => !speakers.has(key))).toEqual([]);
  });

  it('shows every trick, and the everyday ones in both languages', () => {
    expect(TRICKS.filter((trick) => !SPAM.some((act) => act.trick === trick))).toEqual([]);
    for (const trick of [
      'blatant',
      'hidden link',
      'look-alike letters',
      'edit',
      'album',
      'flood',
      'forward',
    ] as const) {
      const languages = new Set(SPAM.filter((act) => act.trick === trick).map(({ language }) => language));
      expect([...languages].toSorted()).toEqual(['en', 'ru']);
    }
  });

  it('has offers that a moderator would allow and offers that one would not', () => {
    expect(new Set(SPAM.filter(({ trick }) => trick === 'offer').map(({ label }) => label))).toEqual(
      new Set(['ham', 'spam']),
    );
  });

  it('leads nowhere: links go to made-up hosts, or in honest lines to harmless ones', () => {
    const isHarmless = (host: string) => HARMLESS.some((known) => host === known || host.endsWith(`.${known}`));
    const isMadeUp = (host: string) => host.endsWith('.example') || host === 't.me';
    expect(honest.flatMap(hostsIn).filter((host) => !isHarmless(host))).toEqual([]);
    expect(spam.flatMap(hostsIn).filter((host) => !isMadeUp(host))).toEqual([]);
    expect(honest.flatMap(hostsIn).length).toBeGreaterThan(5);
    expect(spam.flatMap(hostsIn).length).toBeGreaterThan(30);
  });

  it('names no slot that nobody fills', () => {
    expect([...honest, ...spam].map(textOf).filter((text) => /\{\w+\}/.test(text))).toEqual([]);
    expect(SPAM.flatMap(({ steps }) => steps).every(({ edits = 0 }, index) => edits <= index)).toBe(true);
  });
});
