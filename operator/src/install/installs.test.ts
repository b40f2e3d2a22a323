import { describe, expect, it } from 'vitest';
import { buildClusterInstall, buildNamespacedInstall } from './installs.ts';

const options = { namespace: 'chat', image: 'chatwarden/operator:1.0.0', settings: { KAFKA_BROKERS: 'kafka:9092' } };

const named = (objects: readonly { kind: string; metadata: { name: string; namespace?: string } }[]) =>
  objects.map(({ kind, metadata: { name, namespace = '' } }) => `${kind} ${namespace}/${name}`);

const base = ['Namespace /chat', 'ServiceAccount chat/chatwarden-operator', 'ConfigMap chat/chatwarden-operator'];
const lease = ['Role chat/chatwarden-operator-lease', 'RoleBinding chat/chatwarden-operator-lease'];

describe('the install for the cluster', () => {
  it('has one role for all namespaces, and one for its lease', () => {
    expect(named(buildClusterInstall(options))).toEqual([
      ...base,
      'ClusterRole /chatwarden-operator',
      'ClusterRoleBinding /chatwarden-operator',
      ...lease,
      'Deployment chat/chatwarden-operator',
    ]);
  });
});

describe('the install for namespaces', () => {
  it('has a role in each, and one to look at pods of the bot where it stands', () => {
    expect(named(buildNamespacedInstall(options, ['one', 'two']))).toEqual([
      ...base,
      'Role one/chatwarden-operator',
      'RoleBinding one/chatwarden-operator',
      'Role two/chatwarden-operator',
      'RoleBinding two/chatwarden-operator',
      ...lease,
      'Role chat/chatwarden-operator-publishers',
      'RoleBinding chat/chatwarden-operator-publishers',
      'Deployment chat/chatwarden-operator',
    ]);
  });

  it('needs no other role where it looks after its own', () => {
    const objects = named(buildNamespacedInstall(options, ['chat']));
    expect(objects.filter((name) => name.includes('publishers'))).toEqual([]);
  });

  it('tells the operator which they are', () => {
    const settings = buildNamespacedInstall(options, ['one', 'two']).find(({ kind }) => kind === 'ConfigMap')?.['data'];
    expect(settings).toEqual({ KAFKA_BROKERS: 'kafka:9092', WATCH_NAMESPACES: 'one,two' });
  });
});

it('gives every object what it is bound by: the service account of its own namespace', () => {
  const bindings = buildNamespacedInstall(options, ['one']).filter(({ kind }) => kind === 'RoleBinding');
  const subjects = [{ kind: 'ServiceAccount', name: 'chatwarden-operator', namespace: 'chat' }];
  expect(bindings[0]).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: {
      name: 'chatwarden-operator',
      namespace: 'one',
      labels: { 'app.kubernetes.io/name': 'chatwarden-operator', 'app.kubernetes.io/part-of': 'chatwarden' },
    },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'chatwarden-operator' },
    subjects,
  });
  for (const binding of bindings) expect(binding).toMatchObject({ subjects });
});
