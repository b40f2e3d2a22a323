/** An informer whose server is in the test's hands: it answers lists in turn and is fed what watches tell. */
import { manualClock } from '@chatwarden/testkit';
import { onTestFinished } from 'vitest';
import type { KubeClient } from '../src/client.ts';
import {
  createInformer,
  KubeError,
  RESOURCES,
  type InformerOptions,
  type KubeObject,
  type ListOptions,
  type WatchEvent,
} from '../src/index.ts';
import type { WatchOptions } from '../src/watch.ts';
import { heardLog } from './fake-api.ts';

export const object = (name: string, resourceVersion: string, namespace = 'home'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, uid: `uid-${name}`, resourceVersion },
});
export const failure = (status: number, reason: string) => new KubeError({ status, reason, message: reason });

type Told = WatchEvent<KubeObject> | Error | 'end';

/** A server as the reflector sees it: lists are answered one after the other, watches are fed by the test. */
export function aServer() {
  const calls: string[] = [];
  const lists: (KubeObject[] | Error)[] = [];
  const listed: ListOptions[] = [];
  const watches: WatchOptions[] = [];
  const fed: Told[] = [];
  let wake = () => {};
  let isServed = true;

  const client = {
    async serves() {
      calls.push('serves');
      return isServed;
    },
    async list(_resource: unknown, options: ListOptions & { trim: (object: KubeObject) => KubeObject }) {
      calls.push(`list ${options.namespace ?? '*'}`);
      listed.push(options);
      const next = lists.length > 1 ? lists.shift() : lists[0];
      if (next instanceof Error) throw next;
      const mine = (next ?? []).filter(({ metadata }) => [undefined, metadata.namespace].includes(options.namespace));
      return { items: mine.map(options.trim), resourceVersion: '100' };
    },
    async *watch(_resource: unknown, options: WatchOptions) {
      calls.push(`watch ${options.resourceVersion}`);
      watches.push(options);
      for (;;) {
        while (fed.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            options.signal.addEventListener('abort', () => resolve());
          });
          if (options.signal.aborted) throw options.signal.reason;
        }
        const told = fed.shift();
        if (told === 'end') return;
        if (told instanceof Error) throw told;
        if (told) yield told;
      }
    },
  } as unknown as Pick<KubeClient, 'list' | 'watch' | 'serves'>;

  function feed(...told: Told[]): void {
    fed.push(...told);
    wake();
  }

  return { client, calls, lists, listed, watches, feed, serve: (served: boolean) => void (isServed = served) };
}

export function anInformer(options: Partial<InformerOptions<KubeObject>> = {}, server = aServer()) {
  const clock = manualClock();
  const log = heardLog();
  const { client } = server;
  const resource = RESOURCES.configmaps;
  const informer = createInformer<KubeObject>({ client, resource, clock, log, random: () => 1, ...options });
  const changes: string[] = [];
  informer.onChange(({ type, object: { metadata } }) => changes.push(`${type} ${metadata.name}`));
  const stop = new AbortController();
  const running = informer.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  return { ...server, informer, clock, log, changes, stop };
}
