import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../objects.ts';
import { createCache } from './cache.ts';

const object = (name: string, resourceVersion: string, uid = `${name}-1`): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'home', uid, resourceVersion },
});

function aCache(...objects: KubeObject[]) {
  const cache = createCache<KubeObject>();
  cache.replace(objects);
  return cache;
}

describe('a cache', () => {
  it('tells what a list shows that went unnoticed', () => {
    const [same, changed, gone] = [object('same', '1'), object('changed', '1'), object('gone', '1')];
    const cache = aCache(same, changed, gone);
    const [now, fresh] = [object('changed', '2'), object('fresh', '2')];
    expect(cache.replace([object('same', '1'), now, fresh])).toEqual([
      { type: 'deleted', object: gone },
      { type: 'modified', object: now, old: changed },
      { type: 'added', object: fresh },
    ]);
    expect(cache.size()).toBe(3);
    expect(cache.get('home/gone')).toBeUndefined();
  });

  it('knows an object from another that was made under its name', () => {
    const old = object('a', '1');
    const cache = aCache(old);
    const next = object('a', '5', 'a-2');
    expect(cache.put(next)).toEqual([
      { type: 'deleted', object: old },
      { type: 'added', object: next },
    ]);
  });

  it('tells nothing of what it knows already', () => {
    const cache = aCache(object('a', '1'));
    expect(cache.put(object('a', '1'))).toEqual([]);
    expect(cache.remove(object('b', '1'))).toEqual([]);
    expect(cache.remove(object('a', '2'))).toEqual([{ type: 'deleted', object: object('a', '2') }]);
    expect(cache.list()).toEqual([]);
  });
});
