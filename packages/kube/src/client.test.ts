import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { startFakeApi } from '../test/fake-api.ts';
import { atOf, keyOf, ownedBy, RESOURCES, type KubeClient, type KubeObject } from './index.ts';

const { deployments, namespaces } = RESOURCES;
const at = { namespace: 'home', name: 'app' };
const object: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: at };
const signal = new AbortController().signal;
const PATH = '/apis/apps/v1/namespaces/home/deployments';

type Call = (client: KubeClient) => Promise<unknown>;

const CALLS: [string, Call, object][] = [
  ['get', (client) => client.get(deployments, at, signal), { method: 'GET', url: `${PATH}/app` }],
  ['get of no namespace', (client) => client.get(namespaces, at), { method: 'GET', url: '/api/v1/namespaces/app' }],
  [
    'apply',
    (client) => client.apply(deployments, object, { fieldManager: 'me', signal }),
    {
      method: 'PATCH',
      url: `${PATH}/app?fieldManager=me&force=false`,
      type: 'application/apply-patch+yaml',
      body: object,
    },
  ],
  [
    'forced apply that is not carried out',
    (client) => client.apply(deployments, object, { fieldManager: 'me', force: true, dryRun: true }),
    { method: 'PATCH', url: `${PATH}/app?fieldManager=me&force=true&dryRun=All`, body: object },
  ],
  [
    'apply of a status',
    (client) => client.applyStatus(deployments, object, { fieldManager: 'me' }),
    { method: 'PATCH', url: `${PATH}/app/status?fieldManager=me&force=false`, body: object },
  ],
  [
    'create',
    (client) => client.create(deployments, object, { fieldManager: 'me', dryRun: true, signal }),
    { method: 'POST', url: `${PATH}?fieldManager=me&dryRun=All`, type: 'application/json', body: object },
  ],
  [
    'replace',
    (client) => client.replace(deployments, object, { subresource: 'status', signal }),
    { method: 'PUT', url: `${PATH}/app/status`, type: 'application/json', body: object },
  ],
  [
    'merge patch',
    (client) => client.mergePatch(deployments, at, { patch: { spec: null }, signal }),
    { method: 'PATCH', url: `${PATH}/app`, type: 'application/merge-patch+json', body: { spec: null } },
  ],
  [
    'delete',
    (client) => client.delete(deployments, at, { preconditions: { uid: 'one' }, signal }),
    {
      method: 'DELETE',
      url: `${PATH}/app`,
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions: { uid: 'one' },
      },
    },
  ],
  ['get of a scale', (client) => client.getScale(deployments, at), { method: 'GET', url: `${PATH}/app/scale` }],
  [
    'set of a scale',
    (client) => client.setScale(deployments, at, 3),
    { method: 'PATCH', url: `${PATH}/app/scale`, body: { spec: { replicas: 3 } } },
  ],
];

describe('a verb', () => {
  it.each(CALLS)('%s asks what Kubernetes documents', async (_verb, call, expected) => {
    const api = await startFakeApi();
    await call(api.client());
    const [asked] = api.asked;
    const body = asked?.body ? { body: JSON.parse(asked.body) as unknown, type: asked.headers['content-type'] } : {};
    expect({ method: asked?.method, url: asked?.url, ...body }).toMatchObject(expected);
  });

  it('finds nothing where nothing is, and that is fine for a deletion', async () => {
    const api = await startFakeApi();
    api.script({ status: 404 });
    const client = api.client();
    expect(await client.get(deployments, at)).toBeUndefined();
    expect(await client.getScale(deployments, at)).toBeUndefined();
    await client.delete(deployments, at);
    await expect(client.create(deployments, object)).rejects.toMatchObject({ reason: 'NotFound' });
  });

  it('that fails otherwise says so', async () => {
    const api = await startFakeApi();
    api.script({ status: 403 });
    const client = api.client();
    await expect(client.get(deployments, at)).rejects.toMatchObject({ reason: 'Forbidden' });
    await expect(client.delete(deployments, at)).rejects.toMatchObject({ reason: 'Forbidden' });
  });
});

describe('what a cluster serves', () => {
  it('is asked once a minute for each group', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    api.script({ body: { resources: [{ name: 'deployments' }, { name: 'deployments/status' }] } });
    const client = api.client();
    const both = [client.serves(deployments), client.serves({ ...deployments, plural: 'others' })];
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(api.asked.map(({ url }) => url)).toEqual(['/apis/apps/v1']);
    await clock.advance(60_000);
    api.script({ status: 404 });
    expect(await client.serves(deployments)).toBe(false);
  });

  it('is not known while the cluster does not say', async () => {
    const api = await startFakeApi();
    api.script({ status: 503 }, { body: { resources: [{ name: 'deployments' }] } });
    const client = api.client();
    await expect(client.serves(deployments)).rejects.toMatchObject({ status: 503 });
    expect(await client.serves(deployments)).toBe(true);
  });
});

describe('an object', () => {
  it('is called by namespace and name', () => {
    expect(keyOf(at)).toBe('home/app');
    expect(keyOf({ name: 'node' })).toBe('node');
    expect(atOf('home/app')).toEqual(at);
    expect(atOf('node')).toEqual({ name: 'node' });
  });

  it('can own others once the server knows it', () => {
    expect(ownedBy({ ...object, metadata: { ...at, uid: 'one' } })).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'app',
      uid: 'one',
      controller: true,
      blockOwnerDeletion: true,
    });
    expect(() => ownedBy(object)).toThrow('no uid yet');
  });
});
