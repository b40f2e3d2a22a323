import { describe, expect, it } from 'vitest';
import { NOW } from '../../test/work.ts';
import { createPublishersBehind, type PublishersBehindDeps } from './publishers-behind.ts';

function behindWith(pods: string[]) {
  const dropped: string[] = [];
  const rows = [
    { name: 'alive', revision: 3, expiresAt: NOW + 1, expired: false },
    { name: 'cut-off', revision: 3, expiresAt: NOW - 1, expired: true },
    { name: 'gone', revision: 3, expiresAt: NOW - 1, expired: true },
    { name: 'back', revision: 3, expiresAt: NOW - 1, expired: true },
  ];
  const store = {
    publishers: {
      publishersBehind: async () => rows,
      dropPublisher: async ({ name }: { name: string }) => name !== 'back' && dropped.push(name) > 0,
    },
  } as unknown as PublishersBehindDeps['store'];
  const ask = createPublishersBehind({ store, isThere: async (name) => pods.includes(name) });
  return { dropped, ask: () => ask(4, NOW) };
}

describe('publishers that have not applied a route', () => {
  it('count while they are alive, or while their pod is there though they do not report', async () => {
    const { ask, dropped } = behindWith(['alive', 'cut-off']);
    expect(await ask()).toEqual(['alive', 'cut-off', 'back']);
    expect(dropped).toEqual(['gone']);
  });
});
