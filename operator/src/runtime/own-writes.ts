/**
 * A cache lags behind what we have just written, and a reconcile that does not see its own last writes does them again.
 * So each write is remembered with its resourceVersion, until the cache shows that one or a later.
 */
import type { Clock, Millis } from '@chatwarden/contracts';
import { keyOf, type KubeObject } from '@chatwarden/kube';

export interface OwnWritesOptions {
  /** What the caches have now of an object. */
  cached: (object: KubeObject) => KubeObject | undefined;
  clock: Clock;
  /** After which a write is forgotten that no cache has shown: somebody deleted the object, or moved it out of scope. */
  giveUpMs?: number;
}

export interface OwnWrites {
  /** `key` is the reconcile's; `object` as the server answered. */
  wrote(key: string, object: KubeObject): void;
  deleted(key: string, object: KubeObject): void;
  /** Whether the caches show all that was written for the key. */
  isCaughtUp(key: string): boolean;
}

interface Write {
  object: KubeObject;
  kind: 'written' | 'deleted';
  at: Millis;
}

const GIVE_UP_MS = 10_000;

export function createOwnWrites({ cached, clock, giveUpMs = GIVE_UP_MS }: OwnWritesOptions): OwnWrites {
  const writes = new Map<string, Map<string, Write>>();

  function remember(key: string, kind: Write['kind'], object: KubeObject): void {
    const ofKey = writes.get(key) ?? new Map<string, Write>();
    const { apiVersion, metadata } = object;
    const { name, namespace, uid, resourceVersion } = metadata;
    const kept = { apiVersion, kind: object.kind, metadata: { name, namespace, uid, resourceVersion } } as KubeObject;
    ofKey.set(`${object.kind} ${keyOf(metadata)}`, { object: kept, kind, at: clock.now() });
    writes.set(key, ofKey);
  }

  function isShown({ object, kind, at }: Write): boolean {
    if (clock.now() - at >= giveUpMs) return true;
    const now = cached(object);
    if (kind === 'written') return now !== undefined && isAsNew(now, object);
    return (
      now === undefined || now.metadata.uid !== object.metadata.uid || now.metadata.deletionTimestamp !== undefined
    );
  }

  function isCaughtUp(key: string): boolean {
    const ofKey = writes.get(key);
    if (!ofKey) return true;
    for (const [name, write] of ofKey) if (isShown(write)) ofKey.delete(name);
    if (ofKey.size > 0) return false;
    writes.delete(key);
    return true;
  }

  return {
    wrote: (key, object) => remember(key, 'written', object),
    deleted: (key, object) => remember(key, 'deleted', object),
    isCaughtUp,
  };
}

/**
 * Revisions of one kind compare as whole numbers: https://kubernetes.io/docs/reference/using-api/api-concepts/, "Resource
 * versions". A server whose do not is asked for equality only.
 */
function isAsNew(now: KubeObject, written: KubeObject): boolean {
  const [has, wants] = [now.metadata.resourceVersion ?? '', written.metadata.resourceVersion ?? ''];
  if (has === wants) return true;
  return /^\d+$/.test(has) && /^\d+$/.test(wants) && BigInt(has) >= BigInt(wants);
}
