import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aProgram } from '../test/a-folder.ts';
import { createCluster, removeUnfinished } from './create-cluster.ts';

function aPlan(initdb: string, postgres = 'exit 0') {
  const folder = aFolder();
  const plan = {
    clusterDir: join(folder, 'cluster'),
    passwordFile: join(folder, 'password'),
    binaries: { initdb: aProgram(initdb), postgres: aProgram(postgres) },
    account: undefined,
    log: () => undefined,
  };
  return { folder, plan };
}

describe('createCluster', () => {
  it('shows what initdb said when it failed, and keeps nothing that looks like a cluster', async () => {
    const { folder, plan } = aPlan('echo "no space left on device" >&2; exit 1');
    const made = createCluster(plan);
    await expect(made).rejects.toMatchObject({ code: 'setup-failed' });
    await expect(made).rejects.toThrow('initdb failed (code 1); it said:\nno space left on device');
    expect(readdirSync(folder)).toEqual(['password']);
  });

  it('keeps nothing when the database could not be made', async () => {
    const { folder, plan } = aPlan('exit 0', 'kill -9 $$');
    await expect(createCluster(plan)).rejects.toThrow('postgres --single failed (killed)');
    expect(readdirSync(folder)).toEqual(['password']);
  });

  it('clears away what earlier attempts left, and nothing else', async () => {
    const { folder, plan } = aPlan('exit 0');
    await createCluster(plan);
    mkdirSync(join(folder, 'cluster.unfinished-1', 'base'), { recursive: true });
    removeUnfinished(folder);
    expect(readdirSync(folder).toSorted()).toEqual(['cluster', 'password']);
  });
});
