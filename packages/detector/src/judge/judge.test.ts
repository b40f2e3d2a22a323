import fc from 'fast-check';
import { firstContext, type Context, type SenderContext } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { judged, type Judging } from '../../test/judging.ts';

const known = (allowedCount: number): Partial<Context> => ({ sender: { ...firstContext(NOON).sender, allowedCount } });
const bandOf = (judging: Judging) => judged(judging).judgement.band;
const after = (next: SenderContext): Partial<Context> => ({ sender: next });

describe('bands', () => {
  test('spam is acted on, ordinary talk is allowed, and both say why', () => {
    const spam = judged({ message: { text: 'casino bonus' } }).judgement;
    const ham = judged({ message: { text: 'the roses bloom' } }).judgement;
    expect([spam.band, ham.band]).toEqual(['act', 'allow']);
    expect(spam.reasons[0]).toContain('reads like spam');
    expect(ham.reasons.length).toBeGreaterThan(0);
    expect(JSON.stringify([spam.reasons, ham.reasons])).not.toMatch(/casino|roses/);
  });

  test('text alone in an unknown language is never acted on', () => {
    expect(bandOf({ message: { text: 'foreign casino' } })).not.toBe('act');
  });

  test('a long record weighs against one odd message', () => {
    const fresh = judged({ message: { text: 'see t.me/some_chat' } }).judgement.score;
    const old = judged({ message: { text: 'see t.me/some_chat' }, context: known(50) }).judgement.score;
    expect(old).toBeLessThan(fresh);
  });

  test.each([
    ['an administrator', { role: 'administrator' }],
    ['the linked channel', { as: 'linkedChannel' }],
    ['an anonymous administrator', { as: 'anonymousAdmin' }],
  ] as const)('%s is never judged', (_name, sender) => {
    const { judgement } = judged({ message: { text: 'casino' }, sender });
    expect([judgement.band, judgement.score]).toEqual(['allow', 0]);
    expect(judgement.reasons[0]).toContain('never judged');
  });

  test('a blocked word decides alone, an allowed user outweighs a text', () => {
    expect(
      bandOf({ message: { text: 'roses for sale' }, policy: { blocked: [{ kind: 'word', value: 'roses' }] } }),
    ).toBe('act');
    expect(bandOf({ message: { text: 'casino night' }, policy: { allowed: [{ kind: 'user', value: '501' }] } })).toBe(
      'allow',
    );
  });

  test('harmless words are cover beside a payload of a newcomer, and speak in full for others', () => {
    const story = (context?: Partial<Context>) =>
      judged({
        message: { text: 'the roses bloom', attachments: ['story'] },
        ...(context ? { context } : {}),
      }).judgement.checks.find((check) => check.name === 'text');
    expect(story()).toMatchObject({ weight: -0.7, reason: expect.stringContaining('counts little') });
    expect(story(known(10))).toMatchObject({ weight: -3 });
    expect(story({ standing: 'approved' })).toMatchObject({ weight: -3 });
  });

  test('other events than messages are judged by what they have', () => {
    const { event, judgement } = judged({ message: { text: '' } });
    expect(event.kind).toBe('MessagePosted');
    expect(judgement.band).toBe('allow');
  });
});

describe('memory', () => {
  test('a redelivered event gets the same verdict and teaches nothing', () => {
    const first = judged({ message: { text: 'the roses bloom' } });
    const again = judged({ message: { text: 'the roses bloom' }, context: after(first.next) });
    expect(again.judgement).toEqual(first.judgement);
    expect(again.next).toBe(first.next);
  });

  test('an allowed message counts, an edit of it does not count again', () => {
    const first = judged({ message: { text: 'the roses bloom' } });
    const edit = judged({
      kind: 'MessageEdited',
      message: { text: 'the roses bloom!', editedAt: NOON },
      context: after(first.next),
    });
    expect([first.next.allowedCount, edit.next.allowedCount]).toEqual([1, 1]);
  });

  test('one bad part of an album condemns the earlier and the later ones', () => {
    const album = (messageId: number, text: string) => ({ message: { messageId, text, albumId: 'A' } });
    const first = judged(album(1, ''));
    const second = judged({ ...album(2, 'casino'), context: after(first.next) });
    const third = judged({ ...album(3, ''), context: after(second.next) });
    expect(second.judgement.targets.messageIds).toEqual([1, 2]);
    expect(third.judgement.band).toBe('act');
  });

  test('copies within an hour are found and removed with the one that tips the scale', () => {
    const text = 'we are looking for people to our team, good income every single day, write to the manager';
    const blocked = [{ kind: 'phrase' as const, value: 'good income' }];
    const first = judged({ message: { messageId: 1, text } });
    const second = judged({
      message: { messageId: 2, text },
      occurredAt: NOON + 60_000,
      context: after(first.next),
      policy: { blocked },
    });
    expect(second.judgement.checks).toContainEqual(expect.objectContaining({ name: 'repeats', fired: true }));
    expect(second.judgement.targets.messageIds).toEqual([1, 2]);
  });

  test('many messages within seconds are a flood', () => {
    let context: Partial<Context> = {};
    const say = (n: number) => {
      const result = judged({
        message: { messageId: n, text: `roses ${n}` },
        occurredAt: NOON + n * 100,
        context,
      });
      context = after(result.next);
      return result.judgement.checks.some((check) => check.name === 'floods' && check.fired);
    };
    const fired = Array.from({ length: 9 }, (_, n) => say(n));
    expect([fired[0], fired[8]]).toEqual([false, true]);
  });

  test('what is remembered is bounded', () => {
    let context: Partial<Context> = {};
    for (let n = 0; n < 40; n += 1)
      context = after(judged({ message: { messageId: n, text: `${n}`, albumId: `${n}` }, context }).next);
    expect([context.sender?.seen.length, context.sender?.albums.length]).toEqual([20, 3]);
  });
});

test('any text is judged, the same every time, with a score between 0 and 1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { judgement } = judged({ message: { text } });
      expect(judgement).toEqual(judged({ message: { text } }).judgement);
      expect(judgement.score).toBeGreaterThanOrEqual(0);
      expect(judgement.score).toBeLessThanOrEqual(1);
    }),
  );
});
