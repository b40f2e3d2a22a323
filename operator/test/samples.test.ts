import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { beforeAll, describe, expect, it } from 'vitest';
import { installKind } from './schema/kind.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'k8s/samples');
const TIMEOUT_MS = 60_000;

interface Printed {
  metadata: { name: string };
  spec: { chatId: number; policy?: { checks?: Record<string, unknown> } };
}

describe.skipIf(!hasKubernetes())('the samples (needs Go)', { timeout: TIMEOUT_MS }, () => {
  beforeAll(installKind, TIMEOUT_MS);

  const samples = readdirSync(folder);
  let namespace = '';
  beforeAll(async () => void (namespace = await testKubernetes().makeNamespace()), TIMEOUT_MS);

  const apply = async (sample: string): Promise<Printed> => {
    const args = ['apply', '--server-side', '--output=json', '--namespace', namespace, '-f', join(folder, sample)];
    return JSON.parse(await testKubernetes().kubectl(args)) as Printed;
  };

  it.each(samples)('%s is taken as it is', async (sample) => {
    expect((await apply(sample)).metadata.name).toMatch(/^[a-z]+$/);
  });

  it('are of different groups, so that all of them can be applied at once', async () => {
    const applied = await Promise.all(samples.map(apply));
    expect(new Set(applied.map(({ spec }) => spec.chatId)).size).toBe(samples.length);
    expect(new Set(applied.map(({ metadata }) => metadata.name)).size).toBe(samples.length);
  });

  it('name checks that there are', async () => {
    const page = readFileSync(join(root, 'docs/checks.md'), 'utf8');
    const { policy } = (await apply('locked-policy.yaml')).spec;
    const names = Object.keys(policy?.checks ?? {});
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
  });
});
