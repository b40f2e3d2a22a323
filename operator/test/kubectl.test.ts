/** What people do with kubectl. */
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { beforeAll, describe, expect, it } from 'vitest';
import { documents, draft, installKind } from './schema/kind.ts';

const TIMEOUT_MS = 120_000;

const status = {
  observedGeneration: 1,
  replicas: 3,
  readyReplicas: 2,
  selector: 'chatwarden.io/telegramgroup=gardeners',
  partitions: 6,
  activeColor: 'blue',
  detectorVersion: 'chatwarden/detector:1.4.0',
  conditions: [
    {
      type: 'Ready',
      status: 'True',
      reason: 'Dedicated',
      message: 'its own detectors judge this group',
      observedGeneration: 1,
      lastTransitionTime: '2026-11-26T10:00:00Z',
    },
  ],
};

/** Columns by their heads, from what is aligned for the eye. */
function readTable(printed: string): Record<string, string>[] {
  const [head = '', ...lines] = printed.trimEnd().split('\n');
  const columns = Array.from(head.matchAll(/\S+\s*/g), ({ 0: text, index }) => ({ name: text.trim(), index }));
  return lines.map((line) =>
    Object.fromEntries(columns.map(({ name, index }, at) => [name, line.slice(index, columns[at + 1]?.index).trim()])),
  );
}

describe.skipIf(!hasKubernetes())('kubectl and TelegramGroups (needs Go)', { timeout: TIMEOUT_MS }, () => {
  beforeAll(installKind, TIMEOUT_MS);

  async function aNamespace() {
    const { kubectl, makeNamespace } = testKubernetes();
    const namespace = await makeNamespace();
    const run = (args: readonly string[], input?: string | object) =>
      kubectl([...args, '--namespace', namespace], input === undefined ? {} : { input });
    const patchStatus = (patch: object) =>
      run(['patch', 'tgg/gardeners', '--subresource=status', '--type=merge', '--patch', JSON.stringify(patch)]);
    const setStatus = (value: object) => patchStatus({ status: value });
    const read = async () =>
      JSON.parse(await run(['get', 'tgg/gardeners', '--output=json'])) as {
        metadata: { generation: number };
        spec: { partitions: number; autoscaling: { minReplicas: number } };
        status?: object;
      };
    return { namespace, run, patchStatus, setStatus, read };
  }

  it('get shows what one looks for first, and more with -o wide', async () => {
    const { namespace, run, setStatus } = await aNamespace();
    await run(['create', '-f', '-'], draft(namespace, { isolation: 'Dedicated' }));
    await setStatus(status);
    const row = {
      NAME: 'gardeners',
      ISOLATION: 'Dedicated',
      READY: 'True',
      REASON: 'Dedicated',
      REPLICAS: '3',
      'READY-PODS': '2',
      COLOR: 'blue',
      AGE: expect.stringMatching(/^\d+s$/) as string,
    };
    const wide = {
      ...row,
      CHAT: '-1001234567890',
      PARTITIONS: '6',
      DETECTOR: 'chatwarden/detector:1.4.0',
      MESSAGE: 'its own detectors judge this group',
    };
    expect(readTable(await run(['get', 'tgg']))).toEqual([row]);
    expect(readTable(await run(['get', 'chatwarden']))).toEqual([row]);
    expect(readTable(await run(['get', 'telegramgroups', '--output=wide']))).toEqual([wide]);
  });

  it('get finds the group of a chat, and those that are dedicated', async () => {
    const { namespace, run } = await aNamespace();
    const cooks = draft(namespace, { chatId: -1_009_876_543_210, isolation: 'Dedicated' }, 'cooks');
    await run(['create', '-f', '-'], documents([draft(namespace), cooks]));
    const find = (selector: string) => run(['get', 'tgg', `--field-selector=${selector}`, '--output=name']);
    expect(await find('spec.chatId=-1001234567890')).toBe('telegramgroup.chatwarden.io/gardeners\n');
    expect(await find('spec.isolation=Dedicated')).toBe('telegramgroup.chatwarden.io/cooks\n');
  });

  it('scale sets the replicas that are always there, within the rules', async () => {
    const { namespace, run, read, setStatus } = await aNamespace();
    await run(['create', '-f', '-'], draft(namespace));
    await setStatus(status);
    expect(await run(['scale', 'tgg/gardeners', '--replicas=4'])).toBe(
      'telegramgroup.chatwarden.io/gardeners scaled\n',
    );
    expect((await read()).spec.autoscaling).toEqual({ minReplicas: 4 });
    const scale = JSON.parse(await run(['get', 'tgg/gardeners', '--subresource=scale', '--output=json'])) as object;
    expect(scale).toMatchObject({ spec: { replicas: 4 }, status: { replicas: 3, selector: status.selector } });
    await expect(run(['scale', 'tgg/gardeners', '--replicas=1'])).rejects.toThrow(
      'spec.autoscaling.minReplicas: Forbidden: minReplicas must be at least 2, so that the group is judged when a node ' +
        'fails; to leave a group alone, set spec.suspend',
    );
  });

  it('wait goes on when the condition is there', async () => {
    const { namespace, run, setStatus } = await aNamespace();
    await run(['create', '-f', '-'], draft(namespace));
    const waiting = run(['wait', '--for=condition=Ready', 'tgg/gardeners', '--timeout=60s']);
    await setStatus(status);
    expect(await waiting).toBe('telegramgroup.chatwarden.io/gardeners condition met\n');
  });

  it('apply of a whole object changes no status, and a write to the status changes no spec', async () => {
    const { namespace, run, read, patchStatus, setStatus } = await aNamespace();
    const apply = (object: object) => run(['apply', '--server-side', '-f', '-'], object);
    await apply({ ...draft(namespace), status });
    expect((await read()).status).toBeUndefined();
    await patchStatus({ status, spec: { partitions: 12 } });
    expect(await read()).toMatchObject({ metadata: { generation: 1 }, spec: { partitions: 6 }, status });
    await apply({ ...draft(namespace, { partitions: 12 }), status: { partitions: 96 } });
    expect(await read()).toMatchObject({ metadata: { generation: 2 }, spec: { partitions: 12 }, status });
    await expect(setStatus({ activeColor: 'red' })).rejects.toThrow('supported values: "blue", "green"');
  });
});
