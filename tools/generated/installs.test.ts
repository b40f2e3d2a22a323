import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readOperatorConfig } from '../../operator/src/config.ts';
import { buildUserRoles } from '../../operator/src/install/index.ts';
import { telegramGroupCrd } from '../../packages/contracts/src/telegram-group/index.ts';
import { crdChart } from './crd-chart.ts';
import { installs } from './installs.ts';

interface Document {
  kind: string;
  data?: Record<string, string>;
  [field: string]: unknown;
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chatwarden-installs-'));
  for (const generator of [crdChart, installs]) await generator.generate(root);
});
afterAll(() => rm(root, { recursive: true }));

async function read(file: string): Promise<Document[]> {
  const text = await readFile(join(root, file), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS() as Document);
}

describe('plain YAML', () => {
  it('is what was built, and nothing else', async () => {
    expect(await read('k8s/operator/roles.yaml')).toEqual(buildUserRoles());
    expect(await read('charts/chatwarden-crds/templates/telegramgroups.yaml')).toEqual([telegramGroupCrd()]);
  });

  it.each([
    ['cluster', undefined],
    ['namespaced', 'chatwarden'],
  ])('of the install %s.yaml gives the operator all settings but the secret ones', async (name, watched = '') => {
    const documents = await read(`k8s/operator/${name}.yaml`);
    const settings = documents.find(({ kind }) => kind === 'ConfigMap')?.data ?? {};
    const config = readOperatorConfig({ ...settings, DATABASE_URL: 'postgres://chatwarden@postgres/chatwarden' });
    expect(config).toMatchObject({ HEALTH_HOST: '0.0.0.0', HEALTH_PORT: 9090, WATCH_NAMESPACES: watched });
  });

  it('has no anchors and nothing that Helm would read as a template', async () => {
    const text = await readFile(join(root, 'charts/chatwarden-crds/templates/telegramgroups.yaml'), 'utf8');
    expect(text).not.toMatch(/\{\{|^\s*\S+: &|: \*\w/m);
  });
});
