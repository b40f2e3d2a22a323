import type { TelegramGroup } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { CHAT, GROUP_ID, NOW } from '../../test/work.ts';
import { sweepOrphans, type SweepOrphansDeps } from './sweep-orphans.ts';

interface Scene {
  cluster?: string | undefined;
  synced?: boolean;
  cached?: TelegramGroup;
  served?: TelegramGroup;
  dedicated?: boolean;
  erased?: boolean;
  claimant?: string;
  fails?: boolean;
}

/** A group that is steered from here, by a TelegramGroup that nobody knows any more unless the scene does. */
function aScene(scene: Scene) {
  const done: string[] = [];
  const route = { groupId: GROUP_ID, revision: 7, dedicated: scene.dedicated ?? true };
  const { groupId, chatId } = CHAT;
  const claimant = scene.claimant ?? 'team/gardeners';
  const deps = {
    cluster: 'cluster' in scene ? scene.cluster : 'here',
    store: {
      steered: {
        listSteered: async () => [{ groupId, chatId, cluster: 'here', claimant }],
        forgetSteered: async () => done.push('forget'),
      },
      settings: {
        changeRoute: async () => {
          done.push('route shared');
          return { revision: 8 };
        },
      },
      policyLocks: {
        unlockPolicy: async () => {
          if (scene.fails === true) throw new Error('PostgreSQL is away');
          done.push('unlock');
        },
      },
      claims: { releaseClaim: async (claim: { claimant: string }) => done.push(`release ${claim.claimant}`) },
      retiredTopics: { retireTopic: async (_: string, at: number) => done.push(`retire topic ${at - NOW}`) },
    },
    settings: { routeOf: () => route, refreshTo: async () => undefined, isErased: () => scene.erased ?? false },
    watches: (namespace: string) => namespace === 'team',
    groups: {
      hasSynced: () => scene.synced ?? true,
      get: () => scene.cached,
      ask: async () => scene.served,
    },
    events: { record: (_: object, { reason }: { reason: string }) => done.push(`tell ${reason}`) },
    wake: (chat: number) => done.push(`wake ${chat}`),
    clock: { now: () => NOW },
    log: { warn: (_: object, message: string) => done.push(message) },
  } as unknown as SweepOrphansDeps;
  return { done, sweep: () => sweepOrphans(deps) };
}

async function sweepOf(scene: Scene) {
  const { done, sweep } = aScene(scene);
  const swept = await sweep();
  return { swept, done };
}

const WARNING =
  'TelegramGroup team/gardeners: it was gone before its group was given back: the shared detectors judge the group now, and what is left in its topic';
const ALL = [
  'route shared',
  'retire topic 0',
  'unlock',
  'release team/gardeners',
  'forget',
  `wake ${CHAT.chatId}`,
  WARNING,
  'tell Orphaned',
];

describe('a group whose TelegramGroup has gone by force', () => {
  it('goes back to the shared detectors, and what was done for it is undone, the note last', async () => {
    expect(await sweepOf({})).toEqual({ swept: 1, done: ALL });
  });

  it('that shared is not moved', async () => {
    expect((await sweepOf({ dedicated: false })).done).toEqual(ALL.slice(1));
  });

  it('that was erased has no route any more', async () => {
    expect((await sweepOf({ erased: true })).done).toEqual(ALL.slice(1));
  });

  it('is given back also when one of the same name has another chat', async () => {
    const other = aTelegramGroup({ spec: { chatId: -1_001_000_000_099 } });
    expect((await sweepOf({ cached: other, served: other })).swept).toBe(1);
  });

  it('is tried again when something fails', async () => {
    const { swept, done } = await sweepOf({ fails: true });
    expect([swept, done.at(-1)]).toEqual([
      0,
      'the group of the TelegramGroup team/gardeners, which is gone, could not be given back yet: PostgreSQL is away',
    ]);
    expect(done).not.toContain('forget');
  });
});

describe('a group is left alone', () => {
  it.each<[string, Scene]>([
    ['while its TelegramGroup is there', { cached: aTelegramGroup() }],
    ['while the API server has it, though the cache does not show it yet', { served: aTelegramGroup() }],
    ['while the cluster has not been listed', { synced: false }],
    ['in a namespace that is not watched', { claimant: 'elsewhere/gardeners' }],
    ['where nobody says which cluster this is', { cluster: undefined }],
  ])('%s', async (_, scene) => {
    expect(await sweepOf(scene)).toEqual({ swept: 0, done: [] });
  });
});
