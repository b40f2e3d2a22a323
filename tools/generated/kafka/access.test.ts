import { expect, it } from 'vitest';
import { ACCESS, aclsOf, type Process } from './access.ts';

it('lets nobody but the operator remove or change topics, and nobody read what it does not consume', () => {
  for (const process of Object.keys(ACCESS) as Process[]) {
    const operations = new Set(aclsOf(process).flatMap((acl) => acl.operations));
    expect([process, operations.has('Delete') || operations.has('Alter')]).toEqual([process, process === 'operator']);
  }
  const reads = aclsOf('bot').filter((acl) => acl.resource === 'Topic' && acl.operations.includes('Read'));
  expect(reads.map(({ name }) => name)).toEqual(['verdicts']);
});

it('names each resource once, with poison among it', () => {
  const ofDetect = aclsOf('detect', { create: false });
  expect(ofDetect).toContainEqual({
    resource: 'Topic',
    name: 'events.dead',
    pattern: 'Literal',
    operations: ['Describe', 'DescribeConfigs', 'Write'],
  });
  expect(ofDetect).toContainEqual({
    resource: 'Group',
    name: 'alertd-detect.events',
    pattern: 'Literal',
    operations: ['Read'],
  });
  expect(new Set(ofDetect.map(({ resource, name }) => `${resource} ${name}`)).size).toBe(ofDetect.length);
});

it.each(['detector', 'detect'] as const)('gives %s all topics of dedicated groups, and their groups', (process) => {
  const prefixed = aclsOf(process).filter(({ pattern }) => pattern === 'Prefixed');
  expect(prefixed.map(({ resource, name, operations }) => [resource, name, operations.join()])).toEqual([
    ['Topic', 'events.g.', 'Read,Write'],
    ['Group', 'alertd-detect.events.g.', 'Read'],
  ]);
});
