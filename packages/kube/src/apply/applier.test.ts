import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { ApplyOptions } from '../client.ts';
import { KubeError } from '../kube-error.ts';
import type { KubeObject } from '../objects.ts';
import { RESOURCES } from '../resources.ts';
import { createApplier } from './applier.ts';

const { configmaps } = RESOURCES;
type ConfigMap = KubeObject & { data: Record<string, unknown> };

const wanted = (data: Record<string, unknown>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'home', annotations: { own: 'x' } },
  data,
});

/** Stores what is applied, as `normalize` has it; a conflict each time that `contested` says so. */
function aServer(normalize: (object: ConfigMap) => ConfigMap = (object) => object) {
  const sent: { object: ConfigMap; options: ApplyOptions }[] = [];
  const server = { contested: false, error: undefined as Error | undefined };
  let revision = 0;
  const client = {
    async apply<T extends KubeObject>(_resource: unknown, object: T, options: ApplyOptions): Promise<T> {
      sent.push({ object: object as unknown as ConfigMap, options });
      if (server.error) throw server.error;
      if (server.contested && !options.force) throw conflict();
      revision += 1;
      const stored = normalize(object as unknown as ConfigMap);
      return { ...stored, metadata: { ...stored.metadata, resourceVersion: `${revision}` } } as unknown as T;
    },
  };
  return { server, client, sent };
}

function conflict(): KubeError {
  const causes = ['.data.x', '.data.y', '.data.y'].map((field) => ({
    reason: 'FieldManagerConflict',
    message: 'conflict with "kubectl edit" with subresource "status" using v1',
    field,
  }));
  return new KubeError({ status: 409, reason: 'Conflict', message: 'taken', causes });
}

describe('applying what we own', () => {
  it('sends the object with a mark of what it says, first without force', async () => {
    const { client, sent } = aServer();
    const applier = createApplier({ client, fieldManager: 'me', hashAnnotation: 'x/hash' });
    const { result } = await applier.applyOwned(configmaps, wanted({ x: '1' }));
    expect(result).toBe('applied');
    expect(sent[0]?.options).toEqual({ fieldManager: 'me' });
    const { annotations } = sent[0]?.object.metadata ?? {};
    expect(annotations).toEqual({ own: 'x', 'x/hash': expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it('sends nothing when the cache shows it already', async () => {
    const { client, sent } = aServer();
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    const { object } = await applyOwned(configmaps, wanted({ x: '1', y: undefined }));
    const live = { ...object, metadata: { ...object.metadata, labels: { theirs: 'too' } } };
    live.data = { ...live.data, added: 'by others' };
    expect(await applyOwned(configmaps, wanted({ x: '1' }), { live })).toEqual({ result: 'unchanged', object: live });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['something else is wanted', { x: '2' }, { x: '1' }],
    ['less is wanted, so that the rest goes', { x: '1' }, { x: '1', y: '1' }],
    ['somebody changed a field', { x: '1' }, { x: 'theirs' }],
    ['somebody removed a field', { x: '1', list: [1] }, { x: '1' }],
  ])('sends it when %s', async (_why, desired, shown) => {
    const { client, sent } = aServer();
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    const before = _why.startsWith('somebody') ? desired : shown;
    const { object } = await applyOwned(configmaps, wanted(before));
    const live = { ...object, data: shown };
    expect((await applyOwned(configmaps, wanted(desired), { live })).result).toBe('applied');
    expect(sent).toHaveLength(2);
  });

  it('learns how the server writes a value', async () => {
    const { client, sent } = aServer((object) => ({ ...object, data: { cpu: '1', list: [{ a: 1, more: true }] } }));
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    const desired = wanted({ cpu: '1000m', list: [{ a: 1 }] });
    const { object: live } = await applyOwned(configmaps, desired);
    expect((await applyOwned(configmaps, desired, { live })).result).toBe('unchanged');
    expect(sent).toHaveLength(1);
    const changed = { ...live, data: { ...live.data, cpu: '2' } };
    expect((await applyOwned(configmaps, desired, { live: changed })).result).toBe('applied');
  });

  it('says that nothing changed when the server says so', async () => {
    const { client } = aServer();
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    const live = { ...wanted({ x: '1' }), metadata: { name: 'a', namespace: 'home', resourceVersion: '1' } };
    expect((await applyOwned(configmaps, wanted({ x: '1' }), { live })).result).toBe('unchanged');
  });

  it('takes contested fields by force, tells of whom, and counts', async () => {
    const registry = new Registry();
    const { client, server, sent } = aServer();
    server.contested = true;
    const { applyOwned } = createApplier({ client, fieldManager: 'me', registry });
    const signal = new AbortController().signal;
    const { forced } = await applyOwned(configmaps, wanted({ x: '1' }), { signal });
    expect(forced).toEqual({ fields: ['.data.x', '.data.y'], managers: ['kubectl edit'] });
    expect(sent.map(({ options }) => options)).toEqual([
      { fieldManager: 'me', signal },
      { fieldManager: 'me', signal, force: true },
    ]);
    const text = await registry.metrics();
    expect(text).toContain('kube_apply_conflicts_total{resource="configmaps"} 1');
    expect(text).toContain('kube_apply_total{resource="configmaps",result="applied"} 1');
  });

  it.each([
    ['the object is not the one that was meant', new KubeError({ status: 409, reason: 'Conflict', message: 'uid' })],
    ['the server is away', new KubeError({ status: 503, reason: 'ServiceUnavailable', message: '' })],
  ])('forces nothing when %s', async (_why, error) => {
    const { client, server, sent } = aServer();
    server.error = error;
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    await expect(applyOwned(configmaps, wanted({}))).rejects.toBe(error);
    expect(sent).toHaveLength(1);
  });
});
