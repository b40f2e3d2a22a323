import { describe, expect, it } from 'vitest';
import { matches } from './matches.ts';

describe('an object of the cluster', () => {
  const live = {
    metadata: { name: 'a', labels: { mine: '1', theirs: '2' }, resourceVersion: '7' },
    spec: { replicas: 3, ports: [{ port: 1, protocol: 'TCP' }] },
  };

  it('matches what is stated, whatever the server and others have added', () => {
    expect(matches(live, { metadata: { labels: { mine: '1' } }, spec: { ports: [{ port: 1 }] } })).toBe(true);
  });

  it.each([
    ['a changed value', { spec: { replicas: 4 } }],
    ['a missing label', { metadata: { labels: { other: 'x' } } }],
    ['another item in a list', { spec: { ports: [{ port: 1 }, { port: 2 }] } }],
    ['a value instead of an object', { spec: { replicas: { min: 1 } } }],
  ])('does not match with %s', (_, wanted) => {
    expect(matches(live, wanted)).toBe(false);
  });

  it('matches an empty object that the server has left out', () => {
    expect(matches({ status: undefined }, { status: {} })).toBe(true);
  });
});
