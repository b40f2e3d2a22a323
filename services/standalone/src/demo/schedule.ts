/**
 * Who does what and when, without end: a line every one to four seconds over all groups, every eighth or so a spam act.
 * The same seed and start give the same acts. Times are those of human pace; the performer makes haste, not this.
 */
import type { TimedAct } from './act.ts';
import type { Community, SpamAct } from './content.ts';
import { createDeck } from './deck.ts';
import { intrude } from './intrusion.ts';
import { seededRandom, type Random } from './random.ts';
import { createTalk } from './talk-of.ts';

export interface ScheduleOptions {
  communities: readonly Community[];
  spam: readonly SpamAct[];
  seed: number;
  /** When the demo starts, milliseconds since 1970. */
  startMs: number;
}

const BEAT_MS = { low: 1000, high: 4000 };
const BEATS_BETWEEN_SPAM = { low: 6, high: 9 };
/** Somebody who has just started the demo wants to see it work: the first spam arrives and speaks within 3 seconds. */
const FIRST_LINE_MS = 200;
const FIRST_SPAM_MS = 1000;

export function* scheduleActs(options: ScheduleOptions): Generator<TimedAct, never> {
  const random = seededRandom(options.seed);
  const beats = createBeats(options, random);
  let waiting: TimedAct[] = [];
  let beatMs = FIRST_LINE_MS;
  let untilSpam = 1;
  for (let beat = 0; ; beat += 1) {
    waiting.push(...(untilSpam === 0 ? beats.spam(beatMs) : beats.line(beatMs)));
    untilSpam = untilSpam === 0 ? random.between(BEATS_BETWEEN_SPAM.low, BEATS_BETWEEN_SPAM.high) : untilSpam - 1;
    beatMs = beat === 0 ? FIRST_SPAM_MS : beatMs + random.between(BEAT_MS.low, BEAT_MS.high);
    waiting.sort((a, b) => a.atMs - b.atMs);
    const due = waiting.filter(({ atMs }) => atMs < beatMs);
    waiting = waiting.slice(due.length);
    yield* due;
  }
}

function createBeats({ communities, spam, startMs }: ScheduleOptions, random: Random) {
  const places = communities.map((community) => {
    const fits = fitting(community, spam);
    return {
      community,
      talk: createTalk(community, random),
      spam: createDeck(fits, random),
      blatant: fits.filter(({ trick }) => trick === 'blatant'),
      posts: createDeck(community.posts ?? [''], random),
    };
  });
  const visits = createDeck(places, random);
  let serial = 0;

  function line(atMs: number): TimedAct[] {
    return [{ atMs, act: random.pick(places).talk.nextLine(startMs + atMs) }];
  }

  function spamBeat(atMs: number): TimedAct[] {
    const place = visits.deal();
    // The first one should leave no doubt.
    const act = serial === 0 && place.blatant.length > 0 ? random.pick(place.blatant) : place.spam.deal();
    serial += 1;
    return intrude(act, { community: place.community, random, serial, atMs, startMs, post: place.posts.deal() });
  }

  return { line, spam: spamBeat };
}

function fitting({ languages, posts }: Community, spam: readonly SpamAct[]): SpamAct[] {
  return spam.filter((act) => languages.includes(act.language) && (act.under === undefined || posts !== undefined));
}
