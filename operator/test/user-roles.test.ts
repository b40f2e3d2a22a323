import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildUserRoles } from '../src/install/index.ts';
import { rights, rightsOf } from './rights/rights-of.ts';
import { documents, draft, installKind } from './schema/kind.ts';

const TIMEOUT_MS = 120_000;

const READ = [
  'get,list,watch telegramgroups.chatwarden.io',
  'get telegramgroups/status.chatwarden.io',
  'get telegramgroups/scale.chatwarden.io',
];
const EDIT = [
  ...READ,
  'create,update,patch,delete telegramgroups.chatwarden.io',
  'update,patch telegramgroups/scale.chatwarden.io',
];
const ADMINISTER = [...EDIT, 'deletecollection telegramgroups.chatwarden.io'];

describe.skipIf(!hasKubernetes())('roles for people (needs Go)', { timeout: TIMEOUT_MS }, () => {
  beforeAll(async () => {
    await installKind();
    const { kubectl } = testKubernetes();
    await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: documents(buildUserRoles()) });
  }, TIMEOUT_MS);

  /** Somebody who has a role in a namespace of their own. */
  async function somebodyWith(role: string) {
    const { kubectl, makeNamespace, kubeconfigFor } = testKubernetes();
    const namespace = await makeNamespace();
    const name = `user-of-${namespace}`;
    await kubectl(['create', 'rolebinding', 'theirs', `--clusterrole=${role}`, `--user=${name}`, '-n', namespace]);
    const kubeconfig = kubeconfigFor({ name, groups: [] });
    const run = (args: readonly string[], input?: object) =>
      kubectl([...args, '-n', namespace], input === undefined ? { kubeconfig } : { kubeconfig, input });
    return { namespace, kubeconfig, run };
  }

  it.each([
    ['viewer', READ],
    ['editor', EDIT],
    ['admin', ADMINISTER],
  ])('%s: these rights over TelegramGroups, and no others', async (name, expected) => {
    const { kubeconfig, namespace } = await somebodyWith(`chatwarden-telegramgroup-${name}`);
    expect(await rightsOf(kubeconfig, namespace)).toEqual(rights(...expected));
  });

  it.each([
    ['view', READ],
    ['edit', EDIT],
    ['admin', ADMINISTER],
  ])('are within the role %s of Kubernetes', async (name, expected) => {
    const { kubeconfig, namespace } = await somebodyWith(name);
    const ours = async () => (await rightsOf(kubeconfig, namespace)).filter((right) => right.includes('chatwarden.io'));
    // A controller joins them, a moment after they are made.
    await expect.poll(ours, { timeout: 30_000 }).toEqual(rights(...expected));
  });

  it('let an editor make, change and scale a group, and write nothing into its status', async () => {
    const { namespace, run } = await somebodyWith('chatwarden-telegramgroup-editor');
    const group = draft(namespace, { isolation: 'Dedicated' });
    await run(['apply', '--server-side', '-f', '-'], group);
    await run(['apply', '--server-side', '-f', '-'], draft(namespace, { isolation: 'Shared' }));
    await run(['scale', 'tgg/gardeners', '--replicas=3']);
    const status = ['patch', 'tgg/gardeners', '--subresource=status', '--type=merge', '--patch'];
    await expect(run([...status, '{"status":{"replicas":9}}'])).rejects.toThrow(
      'cannot patch resource "telegramgroups/status"',
    );
    expect(await run(['delete', 'tgg/gardeners'])).toContain('deleted');
  });

  it('let a viewer read, and change nothing', async () => {
    const { namespace, run } = await somebodyWith('chatwarden-telegramgroup-viewer');
    await testKubernetes().kubectl(['create', '-f', '-'], { input: draft(namespace) });
    expect(await run(['get', 'tgg', '-o', 'name'])).toBe('telegramgroup.chatwarden.io/gardeners\n');
    const suspend = ['patch', 'tgg/gardeners', '--type=merge', '--patch', '{"spec":{"suspend":true}}'];
    await expect(run(suspend)).rejects.toThrow('cannot patch resource "telegramgroups"');
    await expect(run(['scale', 'tgg/gardeners', '--replicas=3'])).rejects.toThrow(
      'cannot patch resource "telegramgroups/scale"',
    );
    await expect(run(['delete', 'tgg/gardeners'])).rejects.toThrow('cannot delete resource "telegramgroups"');
  });
});
