/**
 * One watch: changes as they come, until the server ends it, something breaks, or nothing at all is heard for too long.
 * A connection whose other end has gone without a word looks like a quiet one; but a server ends each watch after
 * `timeoutSeconds`, so silence beyond that means that nobody is there.
 */
import type { Readable } from 'node:stream';
import { messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { Requester } from './http/requester.ts';
import { isStatus, KubeError, toKubeError } from './kube-error.ts';
import type { KubeObject, ObjectMeta } from './objects.ts';
import { collectionPath, type Resource } from './resources.ts';
import { createLineSplitter } from './watch-lines.ts';

export type WatchEvent<T extends KubeObject> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  /** Nothing has changed up to this resourceVersion. */
  | { type: 'BOOKMARK'; object: { metadata: Pick<ObjectMeta, 'resourceVersion'> } };

export interface WatchOptions {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Of a list, or of the last event or bookmark seen. */
  resourceVersion: string;
  /** After which the server ends the watch by itself. */
  timeoutSeconds: number;
  /** Silence after which the connection is taken for dead, before the head of the answer as after it. */
  inactivityMs: number;
  signal: AbortSignal;
}

/**
 * Ends when the server ends the watch. Throws a KubeError otherwise: `Expired` or `Gone` when the server does not have
 * `resourceVersion` any more, `Timeout` when the server does not answer, `Inactive` when it has answered and then was
 * silent, `Unreachable` when the connection broke.
 */
export type Watch = <T extends KubeObject>(
  resource: Resource,
  options: WatchOptions,
) => AsyncGenerator<WatchEvent<T>, void, undefined>;

export function createWatch(requester: Requester, clock: Clock): Watch {
  return async function* watch<T extends KubeObject>(resource: Resource, options: WatchOptions) {
    const path = collectionPath(resource, options.namespace);
    const body = await requester.stream({
      method: 'GET',
      path,
      query: {
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: options.resourceVersion,
        timeoutSeconds: options.timeoutSeconds,
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
      },
      timeoutMs: options.inactivityMs,
      signal: options.signal,
    });
    const guard = guardSilence(body, clock, options.inactivityMs);
    const splitter = createLineSplitter();
    try {
      for await (const chunk of body) {
        guard.heard();
        for (const line of splitter.push(chunk as Buffer)) yield toEvent<T>(line, path);
      }
    } catch (error) {
      if (options.signal.aborted) throw options.signal.reason;
      if (error instanceof KubeError) throw error;
      if (!guard.wasSilent()) throw broken(path, 'Unreachable', error);
      // Those that wait for a next request lead to where this one led.
      requester.dropIdle();
      throw broken(path, 'Inactive', error);
    } finally {
      guard.release();
      body.destroy();
    }
  };
}

function guardSilence(body: Readable, clock: Clock, inactivityMs: number) {
  const released = new AbortController();
  let heardAt: Millis = clock.now();
  let silent = false;

  async function listen(): Promise<void> {
    for (;;) {
      const leftMs = heardAt + inactivityMs - clock.now();
      if (leftMs <= 0) break;
      await clock.sleep(leftMs, released.signal);
      if (released.signal.aborted) return;
    }
    silent = true;
    body.destroy(new Error(`nothing was heard for ${inactivityMs} ms`));
  }

  void listen();
  return {
    heard: () => void (heardAt = clock.now()),
    wasSilent: () => silent,
    release: () => released.abort(),
  };
}

interface RawEvent<T> {
  type: string;
  object: T;
}

const TYPES = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']);

function toEvent<T extends KubeObject>(line: string, path: string): WatchEvent<T> {
  const event = parse<T>(line, path);
  if (event.type === 'ERROR' && isStatus(event.object)) {
    throw toKubeError({ status: event.object.code ?? 0, body: event.object, asked: `watch of ${path}` });
  }
  if (!TYPES.has(event.type)) throw broken(path, 'BadAnswer', new Error(`an event of type ${event.type}`));
  return event as WatchEvent<T>;
}

function parse<T>(line: string, path: string): RawEvent<T> {
  try {
    return JSON.parse(line) as RawEvent<T>;
  } catch (error) {
    throw broken(path, 'BadAnswer', error);
  }
}

function broken(path: string, reason: string, cause: unknown): KubeError {
  return new KubeError({ status: 0, reason, message: `watch of ${path}: ${messageOf(cause)}`, cause });
}
