import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differences, type Generator } from './compare.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chatwarden-compare-'));
  await mkdir(join(root, 'docs'));
});
afterEach(() => rm(root, { recursive: true }));

const generator: Generator = {
  name: 'settings page',
  files: ['docs/settings.md'],
  generate: async (outDir) => {
    await mkdir(join(outDir, 'docs'));
    await writeFile(join(outDir, 'docs/settings.md'), 'PORT\n');
  },
};

describe('verify', () => {
  it('shows no difference when the generated file is up to date', async () => {
    await writeFile(join(root, 'docs/settings.md'), 'PORT\n');
    expect(await differences(generator, root)).toBe('');
  });

  it('shows what changed and leaves the stale file alone', async () => {
    await writeFile(join(root, 'docs/settings.md'), 'OLD\n');
    expect(await differences(generator, root)).toContain('+PORT');
    expect(await readFile(join(root, 'docs/settings.md'), 'utf8')).toBe('OLD\n');
  });

  it('complains about a generated file that is not in the tree', async () => {
    expect(await differences(generator, root)).not.toBe('');
  });
});
