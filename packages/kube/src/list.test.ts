import { describe, expect, it } from 'vitest';
import { startFakeApi, type Script } from '../test/fake-api.ts';
import { RESOURCES, type KubeObject } from './index.ts';

const page = (names: string[], next?: string): Script => ({
  body: {
    metadata: { resourceVersion: '7', ...(next === undefined ? {} : { continue: next }) },
    items: names.map((name) => ({ metadata: { name } })),
  },
});
const gone: Script = { status: 410, body: { kind: 'Status', code: 410, reason: 'Expired' } };
const namesOf = ({ items }: { items: KubeObject[] }) => items.map(({ metadata }) => metadata.name);

describe('a list', () => {
  it('is read page by page, each object with the kind that a list leaves out', async () => {
    const api = await startFakeApi();
    api.script(page(['a', 'b'], 'next'), page(['c'], ''));
    const options = { namespace: 'home', labelSelector: 'app=x', fieldSelector: 'metadata.name!=z' };
    const listed = await api.client().list(RESOURCES.configmaps, options);
    expect(listed.resourceVersion).toBe('7');
    expect(listed.items).toEqual(
      ['a', 'b', 'c'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })),
    );
    const selectors = 'labelSelector=app%3Dx&fieldSelector=metadata.name%21%3Dz';
    expect(api.asked.map(({ url }) => url)).toEqual([
      `/api/v1/namespaces/home/configmaps?${selectors}&limit=500`,
      `/api/v1/namespaces/home/configmaps?${selectors}&limit=500&continue=next`,
    ]);
  });

  it('keeps of each object what is wanted', async () => {
    const api = await startFakeApi();
    api.script(page(['a']));
    const trim = (object: KubeObject) => ({ ...object, metadata: { name: `little ${object.metadata.name}` } });
    expect(namesOf(await api.client().list(RESOURCES.namespaces, { trim }))).toEqual(['little a']);
  });

  it('begins again when the server forgets it half-way', async () => {
    const api = await startFakeApi();
    api.script(page(['old'], 'next'), gone, page(['a'], 'next'), page(['b']));
    expect(namesOf(await api.client().list(RESOURCES.namespaces))).toEqual(['a', 'b']);
  });

  it('is asked for in one piece when it is forgotten again and again', async () => {
    const api = await startFakeApi();
    const halves = Array.from({ length: 4 }, () => [page(['old'], 'next'), gone]).flat();
    api.script(...halves, page(['a', 'b']));
    expect(namesOf(await api.client().list(RESOURCES.namespaces))).toEqual(['a', 'b']);
    expect(api.asked.at(-1)?.url).toBe('/api/v1/namespaces');
    api.script(gone);
    await expect(api.client().list(RESOURCES.namespaces)).rejects.toMatchObject({ reason: 'Expired' });
  });

  it('may be empty, as null', async () => {
    const api = await startFakeApi();
    api.script({ body: { metadata: { resourceVersion: '1' }, items: null } });
    expect(await api.client().list(RESOURCES.namespaces)).toEqual({ items: [], resourceVersion: '1' });
  });
});
