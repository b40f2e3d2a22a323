/** A community's talk: its dialogues, shuffled, one line at a time. */
import type { Act } from './act.ts';
import { CHANNEL, type Community, type Dialogue, type Line } from './content.ts';
import { createDeck } from './deck.ts';
import type { Random } from './random.ts';
import { toSaid } from './to-said.ts';

export interface Talk {
  nextLine(nowMs: number): Act;
}

export function createTalk(community: Community, random: Random): Talk {
  const deck = createDeck(community.dialogues, random);
  let dialogue: Dialogue = [];
  let next = 0;
  let dealt = 0;

  const nameOf = (line: number): string => `${community.key}/talk-${dealt}/${line}`;

  function nextLine(nowMs: number): Act {
    if (next >= dialogue.length) {
      dialogue = deck.deal();
      dealt += 1;
      next = 0;
    }
    const [by, says, repliesBack] = dialogue[next] as Line;
    const message = toSaid(says, { random, nowS: Math.floor(nowMs / 1000), album: nameOf(0) });
    const common = { community: community.key, name: nameOf(next), message };
    const answered = repliesBack === undefined ? {} : { repliesTo: nameOf(next - repliesBack) };
    next += 1;
    if (by === CHANNEL) return { kind: 'post', ...common };
    return { kind: 'say', ...common, by, label: 'ham', ...answered };
  }

  return { nextLine };
}
