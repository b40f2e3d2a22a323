import { createFakeTelegram } from '@chatwarden/fake-telegram';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import type { Act } from './act.ts';
import { coders } from './communities/coders.ts';
import { createPerformer } from './performer.ts';

const BOT = { id: 700, token: '700:demo' };
const SPAMMER = { key: 'visitor-1', as: 'user', person: { key: 'visitor-1', first: 'Lucky', language: 'en' } } as const;

const say = (by: string, name: string, label: 'spam' | 'ham' = 'ham'): Act => ({
  kind: 'say',
  community: 'coders',
  by,
  name,
  message: { text: `this is ${name}` },
  label,
  ...(label === 'spam' ? { trick: 'blatant' as const } : {}),
});
const ARRIVE: Act = { kind: 'arrive', community: 'coders', visitor: SPAMMER };

function aStage() {
  const clock = manualClock();
  const fake = createFakeTelegram({ clock, bots: [BOT], limits: 'none' });
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (line: string) => void warnings.push(line) };
  const performer = createPerformer({ fake, bot: BOT, log, firstVisitorId: 9_000_000_000 }, [coders]);
  const [place] = performer.places;
  if (!place) throw new Error('no place');
  const messages = () => fake.human.messages({ chat: place.chatId }).map(({ message }) => message);
  return { clock, fake, performer, place, warnings, messages, last: () => messages().at(-1) };
}

describe('the performer', () => {
  it('speaks, answers and edits by the names of messages', () => {
    const { performer, last } = aStage();
    performer.perform({ kind: 'post', community: 'coders', name: 'news', message: { text: 'a post' } });
    expect(last()).toMatchObject({ text: 'a post', is_automatic_forward: true });
    performer.perform({ ...say('joon', 'one'), repliesTo: 'news' } as Act);
    expect(last()).toMatchObject({ text: 'this is one', reply_to_message: { text: 'a post' } });
    performer.perform({ kind: 'edit', community: 'coders', name: 'one', message: { text: 'changed' } });
    expect(last()).toMatchObject({ text: 'changed' });
    expect(performer.counts()).toEqual({ ham: 2, spam: 0 });
  });

  it('knows what a moderator would say of a message', () => {
    const { performer, place, last } = aStage();
    performer.perform(ARRIVE);
    performer.perform(say('visitor-1', 'buy', 'spam'));
    expect(performer.labelOf(place.chatId, last()?.message_id ?? 0)).toBe('spam');
    expect(performer.labelOf(place.chatId, 9999)).toBeUndefined();
    expect(performer.counts()).toEqual({ ham: 0, spam: 1 });
  });

  it('passes over what a banned spammer would have said, and edits of what is gone', () => {
    const { performer, place, fake, messages, warnings } = aStage();
    performer.perform(ARRIVE);
    const user = place.ids.get('visitor-1') ?? 0;
    fake.human.kick({ chat: place.chatId, user, by: place.ownerId });
    const before = messages().length;
    performer.perform(say('visitor-1', 'buy', 'spam'));
    performer.perform({ kind: 'edit', community: 'coders', name: 'buy', message: { text: 'x' } });
    expect(messages()).toHaveLength(before);
    expect(performer.counts().spam).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('lets an honest member in again who was banned, and says so', () => {
    const { performer, place, fake, last, warnings } = aStage();
    fake.human.kick({ chat: place.chatId, user: place.ids.get('joon') ?? 0, by: place.ownerId });
    performer.perform(say('joon', 'back'));
    expect(last()).toMatchObject({ text: 'this is back' });
    expect(warnings).toEqual(['demo: joon, an honest member, could not speak (banned); the owner lets them in again']);
  });

  it('gives a spamming channel a voice without a join', () => {
    const { performer, last } = aStage();
    performer.perform({ kind: 'arrive', community: 'coders', visitor: { ...SPAMMER, as: 'channel' } });
    performer.perform(say('visitor-1', 'buy', 'spam'));
    expect(last()).toMatchObject({ sender_chat: { type: 'channel', title: 'Lucky (demo)' } });
  });

  it('says what is wrong with an act that cannot be', () => {
    const { performer } = aStage();
    expect(() => performer.perform({ ...say('joon', 'x'), community: 'bakers' } as Act)).toThrow(
      'no community "bakers"',
    );
    expect(() => performer.perform(say('nobody', 'x'))).toThrow('nobody in the demo is called "nobody"');
  });
});
