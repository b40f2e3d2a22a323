import { describe, expect, it } from 'vitest';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import { RESOURCES } from '../resources.ts';
import { prune, type PruneOptions } from './prune.ts';

const ownerReferences = [{ apiVersion: 'v1', kind: 'Group', name: 'g', uid: 'owner' }];
const labels = { app: 'x', group: 'g' };

const object = (name: string, more: Partial<ObjectMeta> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'home', uid: `uid-${name}`, labels, ownerReferences, ...more },
});

async function pruned(live: KubeObject[], more: Partial<PruneOptions> = {}) {
  const asked: unknown[] = [];
  const client = {
    list: async <T extends KubeObject>(_resource: unknown, options: unknown) => {
      asked.push(options);
      return { items: live as T[], resourceVersion: '1' };
    },
    delete: async (_resource: unknown, at: object, options: object) => void asked.push({ ...at, ...options }),
  };
  const resource = RESOURCES.configmaps;
  const options = {
    client,
    resource,
    namespace: 'home',
    ownerUid: 'owner',
    labels,
    desired: [{ name: 'wanted' }],
    ...more,
  };
  const gone = await prune(options);
  return { asked, gone: gone.map(({ metadata }) => metadata.name) };
}

describe('pruning', () => {
  it('deletes what the owner does not want any more, and exactly that object', async () => {
    const { asked, gone } = await pruned([object('wanted'), object('old')]);
    expect(gone).toEqual(['old']);
    expect(asked).toEqual([
      { namespace: 'home', labelSelector: 'app=x,group=g' },
      { name: 'old', namespace: 'home', preconditions: { uid: 'uid-old' } },
    ]);
  });

  it.each([
    ['another owns', object('old', { ownerReferences: [{ apiVersion: 'v1', kind: 'G', name: 'g', uid: 'other' }] })],
    ['nobody owns', object('old', { ownerReferences: [] })],
    ['bears other labels', object('old', { labels: { app: 'x' } })],
    ['stands elsewhere', object('old', { namespace: 'away' })],
    ['is going already', object('old', { deletionTimestamp: '2026-11-24T12:00:00Z' })],
  ])('leaves alone what %s', async (_what, other) => {
    expect((await pruned([other])).gone).toEqual([]);
  });

  it('asks a cache instead, if there is one, and stops when told so', async () => {
    const { signal } = new AbortController();
    const { asked } = await pruned([], { live: [object('old')], signal });
    expect(asked).toEqual([{ name: 'old', namespace: 'home', preconditions: { uid: 'uid-old' }, signal }]);
    expect((await pruned([], { signal })).asked).toEqual([
      { namespace: 'home', labelSelector: 'app=x,group=g', signal },
    ]);
  });

  it('refuses to look at everything', async () => {
    await expect(pruned([], { labels: {} })).rejects.toThrow('without a label');
  });
});
