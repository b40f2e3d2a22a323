import { dedicatedTopic, type GroupId } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { aWork, GROUP_ID, NOW } from '../../test/work.ts';
import type { GroupObjects, Kind } from './group-objects.ts';
import { createRetire, type RetireDeps } from './retire.ts';

const GROUP = aTelegramGroup();

interface Scene {
  dedicated?: boolean;
  behind?: string[];
  lag?: number;
  topic?: boolean;
  remains?: [Kind, string][];
}

/** A group that has its own detectors, and what is done to it, in order. */
function aScene({ dedicated = true, behind = [], lag = 0, topic = true, remains = DETECTORS }: Scene = {}) {
  const done: string[] = [];
  const route = { groupId: GROUP_ID, revision: 7, dedicated };
  const owned = { metadata: { ownerReferences: [{ uid: GROUP.metadata.uid }] } };
  const objects = {
    find: (kind: Kind, { name }: { name: string }) =>
      remains.some(([had, called]) => had === kind && called === name) ? owned : undefined,
    list: () => [
      {
        metadata: {
          name: 'gardeners-detector-1',
          labels: { 'chatwarden.io/telegramgroup': 'gardeners' },
          ...owned.metadata,
        },
      },
    ],
    remove: async (kind: Kind, { name }: { name: string }) => done.push(`remove ${kind} ${name}`) > 0,
  } as unknown as GroupObjects;
  const deps = {
    objects,
    store: {
      settings: {
        changeRoute: async (_: GroupId, { dedicated: wanted }: { dedicated: boolean }) => {
          done.push(`route ${wanted ? 'dedicated' : 'shared'}`);
          Object.assign(route, { dedicated: wanted, revision: 8 });
          return { revision: 8 };
        },
      },
      retiredTopics: { retireTopic: async (_: GroupId, at: number) => void done.push(`retire topic ${at - NOW}`) },
    },
    settings: { routeOf: () => route, refreshTo: async () => undefined },
    topics: {
      look: async () =>
        new Map(topic ? [[dedicatedTopic(GROUP_ID), { exists: true, partitions: 6, lag, oldestMs: 0 }]] : []),
    },
    publishersBehind: async (revision: number) => {
      done.push(`publishers of ${revision}`);
      return behind;
    },
  } as unknown as RetireDeps;
  return { done, retired: () => createRetire(deps)(aWork(GROUP), GROUP_ID) };
}

const DETECTORS: [Kind, string][] = [
  ['Deployment', 'gardeners-detector-blue'],
  ['ScaledObject', 'gardeners-detector'],
];

describe('going back to the shared detectors', () => {
  it('turns the route, waits for publishers and the topic, and then takes everything away, the autoscaler first', async () => {
    const { done, retired } = aScene();
    expect(await retired()).toEqual({ state: 'done' });
    expect(done.slice(0, 4)).toEqual([
      'route shared',
      'publishers of 8',
      'retire topic 0',
      'remove ScaledObject gardeners-detector',
    ]);
    expect(done.slice(4)).toEqual([
      'remove HorizontalPodAutoscaler gardeners-detector',
      'remove Deployment gardeners-detector-blue',
      'remove Deployment gardeners-detector-green',
      'remove PodDisruptionBudget gardeners-detector',
      'remove NetworkPolicy gardeners-detector',
      'remove PodMonitor gardeners-detector',
      'remove PrometheusRule gardeners-detector',
      'remove ServiceAccount gardeners-detector',
      'remove ConfigMap gardeners-detector-1',
    ]);
  });

  it('keeps the detectors while a publisher may still use the topic', async () => {
    const { done, retired } = aScene({ behind: ['bot-1'] });
    expect(await retired()).toMatchObject({ state: 'waits', reason: 'RouteSpreading' });
    expect(done).toEqual(['route shared', 'publishers of 8']);
  });

  it('keeps them while messages wait, and says how many', async () => {
    const { done, retired } = aScene({ dedicated: false, lag: 12 });
    expect(await retired()).toEqual({
      state: 'waits',
      reason: 'Draining',
      message: '12 messages in its own topic are not judged yet; its detectors stay until then',
    });
    expect(done).toEqual(['publishers of 7']);
  });

  it('goes on where it was interrupted', async () => {
    const { done, retired } = aScene({ dedicated: false, topic: false });
    expect(await retired()).toEqual({ state: 'done' });
    expect(done).not.toContain('retire topic 0');
  });

  it('has nothing to do for a group that never had any', async () => {
    const { done, retired } = aScene({ dedicated: false, remains: [] });
    expect(await retired()).toEqual({ state: 'nothing' });
    expect(done).toEqual([]);
  });
});
