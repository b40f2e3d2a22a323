import { TELEGRAM_GROUP } from '@chatwarden/contracts';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../src/install/index.ts';
import { installForCluster, installForNamespaces, type Installed } from './rights/install.ts';
import { rights, rightsOf } from './rights/rights-of.ts';
import { belongingsOf } from './rights/belongings.ts';
import { draft } from './schema/kind.ts';

const TIMEOUT_MS = 120_000;
const CRD = `${TELEGRAM_GROUP.plural}.${TELEGRAM_GROUP.group}`;

const OF_GROUPS = [
  'get,list,watch,patch telegramgroups.chatwarden.io',
  'patch telegramgroups/status.chatwarden.io',
  'update telegramgroups/finalizers.chatwarden.io',
  'get,list,watch,create,patch,delete configmaps',
  'get,list,watch,create,patch,delete serviceaccounts',
  'get,list,watch,create,patch,delete deployments.apps',
  'get,patch deployments/scale.apps',
  'get,list,watch,create,patch,delete poddisruptionbudgets.policy',
  'get,list,watch,create,patch,delete networkpolicies.networking.k8s.io',
  'get,list,watch,create,patch,delete horizontalpodautoscalers.autoscaling',
  'get,list,watch,create,patch,delete scaledobjects.keda.sh',
  'get,list,watch,create,patch,delete podmonitors.monitoring.coreos.com',
  'get,list,watch,create,patch,delete prometheusrules.monitoring.coreos.com',
  'get,list pods',
  'create,patch events.events.k8s.io',
];
const OF_LEASE = [
  'create leases.coordination.k8s.io',
  'get,update,patch leases.coordination.k8s.io/chatwarden-operator',
];
const OF_KIND = [`get customresourcedefinitions.apiextensions.k8s.io/${CRD}`, 'get namespaces/kube-system'];

const lease = (namespace: string, name: string, holderIdentity: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name, namespace },
  spec: { holderIdentity },
});

const event = (namespace: string) => ({
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: { name: 'gardeners.tested', namespace },
  regarding: { apiVersion: TELEGRAM_GROUP.apiVersion, kind: TELEGRAM_GROUP.kind, name: 'gardeners', namespace },
  type: 'Normal',
  reason: 'Tested',
  action: 'Reconcile',
  note: 'the operator may tell what it does',
  eventTime: '2026-11-26T10:00:00.000000Z',
  reportingController: 'chatwarden.io/operator',
  reportingInstance: 'one',
});

describe.skipIf(!hasKubernetes())('rights of the operator (needs Go)', { timeout: TIMEOUT_MS }, () => {
  let team = '';
  let strangers = '';
  beforeAll(async () => {
    const { makeNamespace } = testKubernetes();
    [team, strangers] = [await makeNamespace(), await makeNamespace()];
  }, TIMEOUT_MS);

  const as = (installed: Installed) => {
    const { kubectl } = testKubernetes();
    const { kubeconfig } = installed;
    return (args: readonly string[], input?: object) =>
      kubectl(args, input === undefined ? { kubeconfig } : { kubeconfig, input });
  };

  describe('installed for the cluster', () => {
    let installed: Installed;
    beforeAll(async () => void (installed = await installForCluster()), TIMEOUT_MS);

    it('are these in any namespace', async () => {
      const expected = rights(...OF_GROUPS, ...OF_KIND);
      expect(await rightsOf(installed.kubeconfig, team)).toEqual(expected);
      expect(await rightsOf(installed.kubeconfig, strangers)).toEqual(expected);
    });

    it('are its own lease besides, where it stands', async () => {
      const expected = rights(...OF_GROUPS, ...OF_KIND, ...OF_LEASE);
      expect(await rightsOf(installed.kubeconfig, installed.namespace)).toEqual(expected);
    });

    it('are enough to make all that a dedicated group has', async () => {
      const { kubectl, installKedaKinds } = testKubernetes();
      await installKedaKinds();
      await kubectl(['create', '-f', '-'], { input: draft(team, { isolation: 'Dedicated' }) });
      const { metadata } = JSON.parse(await kubectl(['get', 'tgg/gardeners', '-n', team, '-o', 'json'])) as {
        metadata: { uid: string };
      };
      const run = as(installed);
      const apply = (object: object) =>
        run(['apply', '--server-side', `--field-manager=${OPERATOR}`, '-f', '-'], object);
      const belongings = belongingsOf({ namespace: team, name: 'gardeners', uid: metadata.uid });
      for (const object of belongings) expect(await apply(object)).toContain('serverside-applied');
      const { apiVersion, kind } = TELEGRAM_GROUP;
      const named = { apiVersion, kind, metadata: { name: 'gardeners', namespace: team } };
      const hold = (finalizers: string[]) => apply({ ...named, metadata: { ...named.metadata, finalizers } });
      await hold(['chatwarden.io/group']);
      const onStatus = ['apply', '--server-side', '--subresource=status', `--field-manager=${OPERATOR}`, '-f', '-'];
      await run(onStatus, { ...named, status: { replicas: 2 } });
      await run(['create', '-f', '-'], event(team));
      const deployment = `deployment/${belongings.find(({ kind: made }) => made === 'Deployment')?.metadata.name}`;
      const three = ['--type=merge', '--patch', '{"spec":{"replicas":3}}'];
      // Its answer and not a later look: by then the autoscaler may have taken it back.
      const scaled = ['--subresource=scale', ...three, '-o', 'jsonpath={.spec.replicas}'];
      expect(await run(['patch', deployment, '-n', team, ...scaled])).toBe('3');
      for (const { kind: made, metadata: at } of belongings) {
        expect(await run(['delete', `${made}/${at.name}`, '-n', team, '--wait=false'])).toContain('deleted');
      }
      await hold([]);
    });

    it('are no more than that', async () => {
      const run = as(installed);
      const inTeam = ['-n', team];
      const refused = async (args: readonly string[], what: string, input?: object) =>
        expect(run(args, input)).rejects.toThrow(what);
      await refused(['get', 'secrets', ...inTeam], 'cannot list resource "secrets"');
      await refused(['get', 'secret/chatwarden-operator', '-n', installed.namespace], 'cannot get resource "secrets"');
      await refused(['get', 'nodes'], 'cannot list resource "nodes"');
      await refused(['get', 'namespaces'], 'cannot list resource "namespaces"');
      await refused(['get', 'crd'], 'cannot list resource "customresourcedefinitions"');
      await refused(['get', 'clusterroles'], 'cannot list resource "clusterroles"');
      const exec = `/api/v1/namespaces/${team}/pods/any/exec?command=sh`;
      await refused(['create', '--raw', exec, '-f', '-'], 'cannot create resource "pods/exec"', {});
      await refused(['create', '-f', '-'], 'cannot create resource "telegramgroups"', draft(team, {}, 'made-up'));
      await refused(['delete', 'tgg/gardeners', ...inTeam], 'cannot delete resource "telegramgroups"');
      const pod = `/api/v1/namespaces/${team}/pods/any`;
      await refused(['delete', '--raw', pod], 'cannot delete resource "pods"');
    });

    it('let it lead by its own lease, and touch no other', async () => {
      const { kubectl } = testKubernetes();
      const { namespace } = installed;
      const run = as(installed);
      await run(['create', '-f', '-'], lease(namespace, OPERATOR, 'one'));
      await run(['replace', '-f', '-'], lease(namespace, OPERATOR, 'other'));
      await kubectl(['create', '-f', '-'], { input: lease(namespace, 'of-somebody', 'them') });
      await expect(run(['replace', '-f', '-'], lease(namespace, 'of-somebody', 'us'))).rejects.toThrow(
        'leases.coordination.k8s.io "of-somebody" is forbidden',
      );
      await expect(run(['get', 'leases', '-n', namespace])).rejects.toThrow('cannot list resource "leases"');
      await expect(run(['create', '-f', '-'], lease(team, OPERATOR, 'one'))).rejects.toThrow(
        'cannot create resource "leases"',
      );
    });

    it('let it see of which release its kind is', async () => {
      expect(await as(installed)(['get', `crd/${CRD}`, '-o', 'name'])).toContain(CRD);
    });
  });

  describe('installed for some namespaces', () => {
    let installed: Installed;
    beforeAll(async () => void (installed = await installForNamespaces([team])), TIMEOUT_MS);

    it('are the same there', async () => {
      expect(await rightsOf(installed.kubeconfig, team)).toEqual(rights(...OF_GROUPS));
    });

    it('are its lease and a look at pods where it stands, and nothing elsewhere', async () => {
      expect(await rightsOf(installed.kubeconfig, installed.namespace)).toEqual(
        rights(...OF_LEASE, 'get pods', `get namespaces/${installed.namespace}`),
      );
      expect(await rightsOf(installed.kubeconfig, strangers)).toEqual([]);
    });

    it('do not reach groups of other namespaces', async () => {
      const run = as(installed);
      expect(await run(['get', 'tgg', '-n', team, '-o', 'name'])).not.toContain('forbidden');
      await expect(run(['get', 'tgg', '-n', strangers])).rejects.toThrow('cannot list resource "telegramgroups"');
      await expect(run(['get', 'tgg', '--all-namespaces'])).rejects.toThrow('at the cluster scope');
      await expect(run(['get', `crd/${CRD}`])).rejects.toThrow('cannot get resource "customresourcedefinitions"');
    });
  });

  it('do not keep its pods from starting where only restricted ones may', async () => {
    const { namespace } = await installForNamespaces([team]);
    const { kubectl } = testKubernetes();
    await kubectl([
      'wait',
      '--for=jsonpath={.status.replicas}=2',
      `deployment/${OPERATOR}`,
      '-n',
      namespace,
      '--timeout=60s',
    ]);
    const labels = await kubectl(['get', 'namespace', namespace, '-o', 'jsonpath={.metadata.labels}']);
    expect(labels).toContain('"pod-security.kubernetes.io/enforce":"restricted"');
    const pods = await kubectl(['get', 'pods', '-n', namespace, '-o', 'name']);
    expect(pods.trim().split('\n')).toHaveLength(2);
  });
});
