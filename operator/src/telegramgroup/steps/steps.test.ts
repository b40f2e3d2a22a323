// The steps that decide by a few questions; those that make things are tried on a real API server in operator/test.
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../../test/builders.ts';
import { aWork, CHAT, NOW } from '../../../test/work.ts';
import { createChoosePlace } from './choose-place.ts';
import { createFindGroup, type FindGroupDeps } from './find-group.ts';
import { skipPaused } from './skip-paused.ts';

type Opened = Awaited<ReturnType<FindGroupDeps['store']['claims']['openClaim']>>;

function aFinder(over: { claim?: Opened; chat?: typeof CHAT | null; claims?: boolean; eldest?: string } = {}) {
  const { claim = { state: 'proven', claimant: 'team/gardeners' }, chat = CHAT, claims = true, eldest } = over;
  const store = {
    claims: { openClaim: async () => claim },
    groups: { findGroupByChat: async () => chat },
  } as unknown as FindGroupDeps['store'];
  return createFindGroup({ store, claims, eldestOf: () => eldest });
}

describe('finding the group', () => {
  it('goes on with a chat that its owner has given to this TelegramGroup', async () => {
    const work = aWork();
    expect(await aFinder()(work)).toBe('next');
    expect([work.chat, work.status.groupId]).toEqual([CHAT, CHAT.groupId]);
    expect(work.said.get('ConfigurationValid')).toMatchObject({ status: 'True', reason: 'Valid' });
  });

  it('says what the owner must send while the chat is not claimed', async () => {
    const work = aWork();
    const claim = { state: 'open', claimant: work.key, code: 'K7Q2-M9XP', expiresAt: NOW + 3_600_000 } as const;
    expect(await aFinder({ claim })(work)).toBe('end');
    expect(work.said.get('ConfigurationValid')).toEqual({
      status: 'False',
      reason: 'Unclaimed',
      message:
        'the owner of the chat -1001000000001 must agree: let them send "/claim K7Q2-M9XP" in that chat before 2026-11-26T13:00:00.000Z',
    });
    expect(work.agains).toEqual([5000]);
  });

  it.each([
    ['ClaimedByAnother', { claim: { state: 'taken', claimant: 'rivals/them' } as const }],
    ['DuplicateChat', { claims: false, eldest: 'team/first' }],
    ['ChatUnknown', { chat: null }],
  ])('refuses with %s, and touches nothing', async (reason, over) => {
    const work = aWork();
    expect(await aFinder(over)(work)).toBe('end');
    expect(work.said.get('ConfigurationValid')).toMatchObject({ status: 'False', reason });
    expect(work.chat).toBeUndefined();
  });

  it('looks less often when nobody has done anything about it for an hour', async () => {
    const lastTransitionTime = new Date(NOW - 3_600_000).toISOString();
    const invalid = { status: 'False', reason: 'ChatUnknown', message: '', lastTransitionTime } as const;
    const conditions = [{ type: 'ConfigurationValid' as const, ...invalid }];
    const work = aWork(aTelegramGroup({ status: { conditions } }));
    await aFinder({ chat: null })(work);
    expect(work.agains).toEqual([60_000]);
  });

  it('does not name a stranger who has the chat', async () => {
    const work = aWork();
    await aFinder({ claim: { state: 'taken', claimant: 'rivals/them' } })(work);
    expect(work.said.get('ConfigurationValid')?.message).not.toContain('rivals');
  });

  it('refuses a chat that another bot moderates', async () => {
    const work = aWork(aTelegramGroup({ spec: { botRef: { id: 42 } } }));
    expect(await aFinder()(work)).toBe('end');
    expect(work.said.get('ConfigurationValid')).toMatchObject({ reason: 'OtherBot' });
  });

  it('needs no claim for a single team, where the eldest has the chat', async () => {
    const work = aWork();
    expect(await aFinder({ claims: false, eldest: work.key })(work)).toBe('next');
  });
});

describe('choosing the place', () => {
  const choose = (rate: number | undefined, within = true) =>
    createChoosePlace({ ceiling: 200, recommendAt: 50, isWithinCeiling: () => within, rateOf: () => rate });

  it('is as asked', async () => {
    const work = aWork(aTelegramGroup({ spec: { isolation: 'Dedicated' } }), { chat: CHAT });
    await choose(undefined)(work);
    expect([work.place, work.said.get('DedicatedRecommended')?.reason]).toEqual(['Dedicated', 'Dedicated']);
  });

  it('is shared beyond the ceiling, and says so', async () => {
    const work = aWork(aTelegramGroup({ spec: { isolation: 'Dedicated' } }), { chat: CHAT });
    await choose(undefined, false)(work);
    expect(work.place).toBe('Shared');
    expect(work.said.get('ConfigurationValid')).toMatchObject({ status: 'False', reason: 'CeilingReached' });
  });

  it.each([
    [undefined, 'LowRate', 'False'],
    [49, 'LowRate', 'False'],
    [212, 'HighRate', 'True'],
  ])('with %s messages a second says %s', async (rate, reason, status) => {
    const work = aWork(aTelegramGroup(), { chat: CHAT });
    await choose(rate)(work);
    expect(work.said.get('DedicatedRecommended')).toMatchObject({ reason, status });
  });

  it('does not say something new for each message', async () => {
    const messageAt = async (rate: number) => {
      const work = aWork(aTelegramGroup(), { chat: CHAT });
      await choose(rate)(work);
      return work.said.get('DedicatedRecommended')?.message;
    };
    expect(await messageAt(211)).toBe(await messageAt(209));
  });
});

describe('a pause', () => {
  it.each([
    ['Suspended', aTelegramGroup({ spec: { suspend: true } })],
    ['Annotated', aTelegramGroup({ annotations: { 'chatwarden.io/paused': 'true' } })],
  ])('leaves everything as it is: %s', async (reason, group) => {
    const work = aWork(group);
    expect(await skipPaused(work)).toBe('end');
    expect(work.said.get('Paused')).toMatchObject({ status: 'True', reason });
  });

  it('is over when nothing says so any more', async () => {
    const work = aWork();
    expect(await skipPaused(work)).toBe('next');
    expect(work.said.get('Paused')?.status).toBe('False');
  });
});
