import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseBackends } from './backends/index.ts';
import { isNewEnough, requireGo } from './backends/kubernetes/go.ts';
import { hasKubernetes, testKubernetes } from './kubernetes.ts';

const TIMEOUT_MS = 120_000;

const deployment = (namespace: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nowhere/web:1' }] },
    },
  },
});

const kind = (group: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `teapots.${group}` },
  spec: {
    group,
    names: { kind: 'Teapot', plural: 'teapots' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { cups: { type: 'integer', maximum: 12 } } } },
          },
        },
      },
    ],
  },
});

describe.skipIf(!hasKubernetes())('Kubernetes of the whole run (needs Go)', { timeout: TIMEOUT_MS }, () => {
  it('makes the pods of a Deployment, and takes them with it', async () => {
    const { kubectl, makeNamespace } = testKubernetes();
    const namespace = await makeNamespace();
    const inNamespace = ['--namespace', namespace];
    await kubectl(['apply', '--server-side', '-f', '-'], { input: deployment(namespace) });
    const pods = ['pods', '--selector', 'app=web', ...inNamespace];
    const two = '--for=jsonpath={.status.replicas}=2';
    await kubectl(['wait', two, 'replicaset', '--selector', 'app=web', ...inNamespace, '--timeout=60s']);
    expect((await kubectl(['get', ...pods, '--output=name'])).trim().split('\n')).toHaveLength(2);
    await kubectl(['delete', 'deployment/web', ...inNamespace]);
    await kubectl(['wait', '--for=delete', ...pods, '--timeout=60s']);
    expect(await kubectl(['get', ...pods, '--output=name'])).toBe('');
  });

  it('checks objects of a kind that was added', async () => {
    const { kubectl, makeNamespace } = testKubernetes();
    const namespace = await makeNamespace();
    const group = `${namespace}.example.org`;
    await kubectl(['apply', '--server-side', '-f', '-'], { input: kind(group) });
    await kubectl(['wait', '--for=condition=Established', `crd/teapots.${group}`, '--timeout=30s']);
    const teapot = (cups: number) => ({
      apiVersion: `${group}/v1`,
      kind: 'Teapot',
      metadata: { name: 'big', namespace },
      spec: { cups },
    });
    const apply = (cups: number) => kubectl(['apply', '--server-side', '-f', '-'], { input: teapot(cups) });
    await expect(apply(13)).rejects.toThrow('less than or equal to 12');
    expect(await apply(12)).toContain('serverside-applied');
  });

  it('knows the kinds of KEDA and of the Prometheus operator when a test asks for them', async () => {
    const { kubectl, installKedaKinds, installPrometheusKinds } = testKubernetes();
    await installKedaKinds();
    expect(await kubectl(['explain', 'scaledobject.spec.pollingInterval'])).toContain('integer');
    await installPrometheusKinds();
    expect(await kubectl(['explain', 'prometheusrule.spec.groups.rules.expr'])).toContain('PromQL');
  });

  it('lets users and service accounts do what they were granted, and no more', async () => {
    const { kubectl, makeNamespace, kubeconfigFor, kubeconfigForAccount } = testKubernetes();
    const namespace = await makeNamespace();
    const inNamespace = ['--namespace', namespace];
    const jane = kubeconfigFor({ name: 'jane', groups: ['readers'] });
    const account = await kubeconfigForAccount({ namespace, name: 'default' });
    const read = (kubeconfig: string) =>
      kubectl(['get', 'configmaps', ...inNamespace, '--output=name'], { kubeconfig });
    await expect(read(jane)).rejects.toThrow('User "jane" cannot list');
    await expect(read(account)).rejects.toThrow(`system:serviceaccount:${namespace}:default" cannot list`);
    const granted = ['--clusterrole=view', '--group=readers', `--serviceaccount=${namespace}:default`, ...inNamespace];
    await kubectl(['create', 'rolebinding', 'readers', ...granted]);
    for (const kubeconfig of [jane, account]) expect(await read(kubeconfig)).toContain('kube-root-ca.crt');
  });

  it('keeps its objects through kill -9, at the same address', async () => {
    const { kubernetes } = await chooseBackends(process.env);
    const server = await kubernetes();
    onTestFinished(() => server.remove());
    await server.kubectl(['create', 'configmap', 'kept', '--from-literal=a=b']);
    await server.apiServer.kill();
    await expect(server.kubectl(['get', 'configmap/kept'])).rejects.toThrow('refused');
    await server.apiServer.start();
    expect(await server.kubectl(['get', 'configmap/kept', '--output=jsonpath={.data.a}'])).toBe('b');
    await server.kill();
    await server.start();
    expect(await server.kubectl(['get', 'configmap/kept', '--output=jsonpath={.data.a}'])).toBe('b');
  });
});

describe('a machine without Go', () => {
  it('is told about it, and how to install it', async () => {
    expect(() => requireGo({ PATH: '/nowhere' })).toThrow('sudo apt-get install golang-go');
    const { kubernetes } = await chooseBackends({
      TEST_BACKENDS: 'local',
      PATH: '/nowhere',
      XDG_CACHE_HOME: '/nowhere',
    });
    await expect(kubernetes()).rejects.toMatchObject({ name: 'MissingTool' });
  });

  it.each([
    ['go1.26.8', true],
    ['go1.21', true],
    ['go1.19.8', false],
  ])('and one with %s is taken: %s', (found, isTaken) => {
    expect(isNewEnough(found)).toBe(isTaken);
  });
});
