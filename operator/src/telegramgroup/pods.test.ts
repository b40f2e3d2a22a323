import type { KubeClient } from '@chatwarden/kube';
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { hasPod, whyNotReady } from './pods.ts';

const withPods = (...items: object[]) => ({ list: async () => ({ items }) }) as unknown as KubeClient;
const aPod = (status: object) => ({ metadata: { name: 'busy-detector-blue-1' }, status });
const why = (...pods: object[]) => whyNotReady(withPods(...pods), aTelegramGroup());

describe('why pods are not ready', () => {
  it.each([
    [
      'finds no node (0/3 nodes are available)',
      { conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }] },
    ],
    [
      'secret "chatwarden-detector" not found',
      {
        containerStatuses: [
          {
            ready: false,
            restartCount: 0,
            state: {
              waiting: { reason: 'CreateContainerConfigError', message: 'secret "chatwarden-detector" not found' },
            },
          },
        ],
      },
    ],
    [
      'ended 3 times, last with OOMKilled: see its log',
      {
        containerStatuses: [
          {
            ready: false,
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
          },
        ],
      },
    ],
  ])('is told in words: %s', async (expected, status) => {
    expect(await why(aPod(status))).toContain(expected);
  });

  it('is not told of pods that just begin', async () => {
    const state = { waiting: { reason: 'ContainerCreating' } };
    expect(await why(aPod({ containerStatuses: [{ ready: false, restartCount: 0, state }] }), aPod({}))).toBe('');
  });
});

describe('whether a pod is there', () => {
  const client = { get: async (_: unknown, { name }: { name: string }) => (name === 'bot-0' ? {} : undefined) };
  const has = (name: string) => hasPod(client as unknown as KubeClient, 'chatwarden', name);

  it('is asked by its name, with or without a process id behind it', async () => {
    expect([await has('bot-0'), await has('bot-0-17'), await has('bot-1-17')]).toEqual([true, true, false]);
  });

  it('is not asked of names that no pod can have', async () => {
    expect(await has('Some Laptop')).toBe(false);
  });
});
