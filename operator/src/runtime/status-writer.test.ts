import { setCondition, type ApplyOptions, type Condition, type KubeObject } from '@chatwarden/kube';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { createStatusWriter, type WithStatus } from './status-writer.ts';

interface Status {
  observedGeneration?: number;
  conditions: Condition[];
}

const resource = { apiVersion: 'x/v1', kind: 'Thing', plural: 'things', namespaced: true };
const ready = (message: string, now: number, before: Condition[] = []) =>
  setCondition(before, { type: 'Ready', status: 'True', reason: 'Fine', message }, now);

function aWriter() {
  const sent: { object: KubeObject; options: ApplyOptions }[] = [];
  const client = {
    async applyStatus<T extends KubeObject>(_resource: unknown, object: T, options: ApplyOptions): Promise<T> {
      sent.push({ object, options });
      return { ...object, metadata: { ...object.metadata, resourceVersion: '8' } };
    },
  };
  return { sent, writer: createStatusWriter<Status>({ client, resource, fieldManager: 'me' }) };
}

const live = (status?: Status): WithStatus<Status> => ({
  apiVersion: 'x/v1',
  kind: 'Thing',
  metadata: { name: 'a', namespace: 'home', uid: 'one', resourceVersion: '7', labels: { x: 'y' } },
  ...(status ? { status } : {}),
});

describe('a status', () => {
  it('is written as a whole and as ours, on this very object', async () => {
    const { sent, writer } = aWriter();
    const status = { observedGeneration: 2, conditions: ready('works', NOON) };
    const { result, object } = await writer.write(live(), status);
    expect(result).toBe('written');
    expect(object.metadata.resourceVersion).toBe('8');
    expect(sent).toEqual([
      {
        object: { apiVersion: 'x/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'home', uid: 'one' }, status },
        options: { fieldManager: 'me', force: true },
      },
    ]);
  });

  it('that says nothing new is not written', async () => {
    const { sent, writer } = aWriter();
    const before = { observedGeneration: 2, conditions: ready('works', NOON) };
    const again = { conditions: ready('works', NOON + 5000), observedGeneration: 2 };
    expect(await writer.write(live(before), again)).toEqual({ result: 'unchanged', object: live(before) });
    expect(sent).toEqual([]);
    expect((await writer.write(live(before), { ...again, observedGeneration: 3 })).result).toBe('written');
  });

  it('is written to what was read from a server only', async () => {
    const { writer } = aWriter();
    const object = { ...live(), metadata: { name: 'a' } };
    await expect(writer.write(object, { conditions: ready('works', NOON) })).rejects.toThrow('no uid');
  });
});
