import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolderKeys } from './folder-keys.ts';

const GROUP = 'g0123456789abcdef';
const OTHER = 'gfedcba9876543210';

function aFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'keys-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'keys');
}

describe('keys in a folder', () => {
  it('are made on first use, readable by their owner alone', async () => {
    const dir = aFolder();
    await createFolderKeys({ dir }).key(GROUP, 'seal');
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir)).toEqual([`${GROUP}.key`]);
    expect(statSync(join(dir, `${GROUP}.key`)).mode & 0o777).toBe(0o600);
  });

  it('are the same after a restart, and the file holds none of them', async () => {
    const dir = aFolder();
    const first = await createFolderKeys({ dir }).key(GROUP, 'seal');
    expect(await createFolderKeys({ dir }).key(GROUP, 'seal')).toEqual(first);
    const file = readFileSync(join(dir, `${GROUP}.key`), 'utf8');
    expect(file).not.toContain(Buffer.from(first.bytes).toString('hex'));
  });

  it('differ by group and by purpose', async () => {
    const keys = createFolderKeys({ dir: aFolder() });
    const made = await Promise.all([
      keys.key(GROUP, 'seal'),
      keys.key(GROUP, 'digest'),
      keys.key(GROUP, 'pseudonym'),
      keys.key(OTHER, 'seal'),
    ]);
    expect(new Set(made.map((key) => Buffer.from(key.bytes).toString('hex'))).size).toBe(4);
    expect(new Set(made.map((key) => key.id)).size).toBe(4);
  });

  it('come from memory after the first use', async () => {
    const dir = aFolder();
    const keys = createFolderKeys({ dir });
    const first = await keys.key(GROUP, 'seal');
    rmSync(dir, { recursive: true });
    expect(await keys.key(GROUP, 'seal')).toBe(first);
  });

  it('are one and the same when many processes make them at once', async () => {
    const dir = aFolder();
    const processes = Array.from({ length: 8 }, () => createFolderKeys({ dir }));
    const made = await Promise.all(processes.map((keys) => keys.key(GROUP, 'seal')));
    expect(new Set(made.map((key) => key.id)).size).toBe(1);
    expect(readdirSync(dir)).toEqual([`${GROUP}.key`]);
  });
});

describe('destroyed keys', () => {
  it('are gone for good, here and in every later process, and other groups keep theirs', async () => {
    const dir = aFolder();
    const keys = createFolderKeys({ dir });
    await keys.key(GROUP, 'seal');
    const other = await keys.key(OTHER, 'seal');
    await keys.destroy(GROUP);
    const gone = { code: 'keyDestroyed', retry: 'never' };
    await expect(keys.key(GROUP, 'seal')).rejects.toMatchObject(gone);
    await expect(createFolderKeys({ dir }).key(GROUP, 'digest')).rejects.toMatchObject(gone);
    expect(readdirSync(dir).sort()).toEqual([`${GROUP}.destroyed`, `${OTHER}.key`]);
    expect(await createFolderKeys({ dir }).key(OTHER, 'seal')).toEqual(other);
  });

  it('may be destroyed again, and before they were ever made', async () => {
    const keys = createFolderKeys({ dir: aFolder() });
    await keys.destroy(GROUP);
    await keys.destroy(GROUP);
    await expect(keys.key(GROUP, 'seal')).rejects.toMatchObject({ code: 'keyDestroyed' });
  });

  it('stay destroyed when they were being made at that moment', async () => {
    const dir = aFolder();
    const keys = createFolderKeys({ dir });
    await Promise.allSettled([keys.key(GROUP, 'seal'), keys.destroy(GROUP), keys.key(GROUP, 'digest')]);
    await expect(keys.key(GROUP, 'seal')).rejects.toMatchObject({ code: 'keyDestroyed' });
    await expect(createFolderKeys({ dir }).key(GROUP, 'seal')).rejects.toMatchObject({ code: 'keyDestroyed' });
    expect(readdirSync(dir)).toEqual([`${GROUP}.destroyed`]);
  });
});

describe('a folder in trouble', () => {
  it('is a reason to come back later, and then works', async () => {
    const dir = aFolder();
    writeFileSync(dir, 'a file where the folder belongs');
    const keys = createFolderKeys({ dir });
    await expect(keys.key(GROUP, 'seal')).rejects.toMatchObject({ code: 'keysAway', retry: 'later' });
    await expect(keys.destroy(GROUP)).rejects.toMatchObject({ code: 'keysAway', retry: 'later' });
    rmSync(dir);
    expect((await keys.key(GROUP, 'seal')).bytes).toHaveLength(32);
  });

  it('with a damaged file makes no new key in its place', async () => {
    const dir = aFolder();
    await createFolderKeys({ dir }).key(GROUP, 'seal');
    const file = join(dir, `${GROUP}.key`);
    chmodSync(file, 0o600);
    writeFileSync(file, 'half');
    const damaged = createFolderKeys({ dir }).key(GROUP, 'seal');
    await expect(damaged).rejects.toMatchObject({ code: 'keyDamaged', retry: 'never' });
    await expect(damaged).rejects.toThrow(file);
  });

  it('is never left by a group id that is none', async () => {
    await expect(createFolderKeys({ dir: aFolder() }).key('../../etc/passwd', 'seal')).rejects.toThrow('no group id');
  });
});
