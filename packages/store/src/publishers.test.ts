import { NOON } from '@chatwarden/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';

const under = aStoreForAll();
const TERM_MS = 60_000;

const report = (name: string, revision: number, at = NOON) =>
  under.store.publishers.reportPublisher({ name, revision, at, termMs: TERM_MS });
const behind = async (revision: number, at = NOON) =>
  (await under.store.publishers.publishersBehind(revision, at)).map(({ name, expired }) => [name, expired]);

beforeEach(async () => {
  for (const name of ['bot-0', 'bot-1']) await under.store.publishers.withdrawPublisher(name);
});

describe('publishers', () => {
  it('are behind until they say that they have applied a revision', async () => {
    await report('bot-0', 4);
    await report('bot-1', 3);
    expect(await behind(4)).toEqual([['bot-1', false]]);
    expect(await under.store.publishers.publishersBehind(4, NOON)).toEqual([
      { name: 'bot-1', revision: 3, expiresAt: NOON + TERM_MS, expired: false },
    ]);
    await report('bot-1', 5);
    expect(await behind(4)).toEqual([]);
  });

  it('are behind again after a restart, until they have read the settings', async () => {
    await report('bot-0', 4);
    await report('bot-0', 0);
    expect(await behind(4)).toEqual([['bot-0', false]]);
  });

  it('stay behind when their time is over, and are told apart', async () => {
    await report('bot-0', 3);
    expect(await behind(4, NOON + TERM_MS - 1)).toEqual([['bot-0', false]]);
    expect(await behind(4, NOON + TERM_MS)).toEqual([['bot-0', true]]);
    await report('bot-0', 3, NOON + TERM_MS);
    expect(await behind(4, NOON + TERM_MS)).toEqual([['bot-0', false]]);
  });

  it('are gone when they say so, or when somebody else does who knows of their last word', async () => {
    await report('bot-0', 3);
    await report('bot-1', 3);
    await under.store.publishers.withdrawPublisher('bot-0');
    const [seen] = await under.store.publishers.publishersBehind(4, NOON + TERM_MS);
    await report('bot-1', 3, NOON + TERM_MS);
    const { name, expiresAt } = seen ?? { name: '', expiresAt: 0 };
    expect(await under.store.publishers.dropPublisher({ name, expiresAt })).toBe(false);
    expect(await behind(4)).toEqual([['bot-1', false]]);
    expect(await under.store.publishers.dropPublisher({ name, expiresAt: NOON + 2 * TERM_MS })).toBe(true);
    expect(await behind(4)).toEqual([]);
  });
});
