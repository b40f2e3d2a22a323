/** What is known of the objects of one scope, and what has changed since. */
import { keyOf, type KubeObject } from '../objects.ts';

export type Change<T extends KubeObject> =
  | { type: 'added'; object: T; old?: undefined }
  | { type: 'modified'; object: T; old: T }
  /** `object` is the last that is known of it. */
  | { type: 'deleted'; object: T; old?: undefined };

export interface Cache<T extends KubeObject> {
  get(key: string): T | undefined;
  list(): T[];
  size(): number;
  /** All objects that there are: tells what appeared, changed, or went unnoticed. */
  replace(objects: readonly T[]): Change<T>[];
  put(object: T): Change<T>[];
  remove(object: T): Change<T>[];
}

export function createCache<T extends KubeObject>(): Cache<T> {
  let objects = new Map<string, T>();

  function replace(listed: readonly T[]): Change<T>[] {
    const before = objects;
    objects = new Map(listed.map((object) => [keyOf(object.metadata), object]));
    const gone = [...before].filter(([key]) => !objects.has(key)).map(([, object]) => deleted(object));
    return [...gone, ...listed.flatMap((object) => changesTo(object, before.get(keyOf(object.metadata))))];
  }

  function put(object: T): Change<T>[] {
    const key = keyOf(object.metadata);
    const old = objects.get(key);
    objects.set(key, object);
    return changesTo(object, old);
  }

  function remove(object: T): Change<T>[] {
    return objects.delete(keyOf(object.metadata)) ? [deleted(object)] : [];
  }

  return {
    get: (key) => objects.get(key),
    list: () => [...objects.values()],
    size: () => objects.size,
    replace,
    put,
    remove,
  };
}

function deleted<T extends KubeObject>(object: T): Change<T> {
  return { type: 'deleted', object };
}

function changesTo<T extends KubeObject>(object: T, old: T | undefined): Change<T>[] {
  if (!old) return [{ type: 'added', object }];
  if (old.metadata.uid !== object.metadata.uid) return [deleted(old), { type: 'added', object }];
  return old.metadata.resourceVersion === object.metadata.resourceVersion ? [] : [{ type: 'modified', object, old }];
}
