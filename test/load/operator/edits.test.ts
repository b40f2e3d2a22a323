import { keyOf } from '@chatwarden/kube';
import { describe, expect, it } from 'vitest';
import { chooseEdits } from './edits.ts';

describe('edits', () => {
  const population = { groups: 500, dedicated: 20, namespaces: 10 };

  it('reach every part of the population, each group once', () => {
    const edits = chooseEdits(100, population);
    const numbers = edits.map(({ group }) => Number(group.metadata.name.split('-')[1])).toSorted((a, b) => a - b);
    expect(new Set(edits.map(({ group }) => keyOf(group.metadata))).size).toBe(100);
    expect(numbers.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(numbers.at(-1)).toBe(494);
  });

  it('say what the autoscaler of a Dedicated one must become', () => {
    const edits = chooseEdits(100, population).filter(({ maxReplicas }) => maxReplicas !== undefined);
    expect(edits).toHaveLength(20);
    expect(edits.every(({ group }) => group.spec.isolation === 'Dedicated')).toBe(true);
    expect(edits[0]).toMatchObject({ group: { spec: { autoscaling: { maxReplicas: 5 } } }, maxReplicas: 5 });
  });
});
