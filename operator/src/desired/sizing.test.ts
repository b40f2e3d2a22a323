import { describe, expect, it } from 'vitest';
import { aTelegramGroup, type TelegramGroupOverrides } from '../../test/builders.ts';
import { sizingOf } from './sizing.ts';

const sized = (spec: TelegramGroupOverrides['spec'], partitions = 6) =>
  sizingOf(aTelegramGroup({ spec: { isolation: 'Dedicated', ...spec } }).spec, partitions);
const rate = (messagesPerSecond: number, burstFactor = 3) => ({ throughput: { messagesPerSecond, burstFactor } });

describe('the size of a dedicated group', () => {
  it.each([
    ['a quiet group keeps two pods, for availability', rate(10), 6, '2 to 2'],
    ['the aim of 1,000 a second, with bursts of three times that', rate(1000), 6, '2 to 3'],
    ['2,000 a second need four pods, and six are the next that share six partitions evenly', rate(2000), 6, '6 to 6'],
    ['with twelve partitions four pods share evenly', rate(2000), 12, '4 to 6'],
    ['99.95 keeps three', { ...rate(10), availability: { target: '99.95' as const } }, 6, '3 to 3'],
    ['seven partitions have no even share: all of them or what is asked for', rate(1500), 7, '7 to 7'],
    ['people may ask for more pods', { ...rate(10), autoscaling: { minReplicas: 3 } }, 6, '3 to 3'],
    ['people may ask for a ceiling', { ...rate(1000), autoscaling: { minReplicas: 2, maxReplicas: 4 } }, 6, '2 to 4'],
    ['never more pods than partitions', rate(20_000), 4, '4 to 4'],
  ])('%s', (...[, spec, partitions, expected]) => {
    const { minReplicas, maxReplicas } = sized(spec, partitions);
    expect(`${minReplicas} to ${maxReplicas}`).toBe(expected);
  });

  it('tells how many partitions a burst would need', () => {
    expect([sized(rate(1000, 3)).partitionsForBurst, sized(rate(3000, 4)).partitionsForBurst]).toEqual([3, 12]);
  });

  it('scales by seconds of lag, in messages as KEDA counts', () => {
    expect(sized({}).lagThreshold).toBe(5000);
    expect(sized({ autoscaling: { minReplicas: 2, lagSeconds: 30 } }).lagThreshold).toBe(30_000);
  });
});
