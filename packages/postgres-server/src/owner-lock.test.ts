import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../test/a-folder.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import { startOf } from './process-facts.ts';

function aFolderWithLock(content: string): string {
  const folder = aFolder();
  writeFileSync(join(folder, 'owner.9.lock'), content);
  return folder;
}

const ownerText = (pid: number, start = startOf(pid)) => JSON.stringify({ pid, start });

describe('acquireOwnerLock', () => {
  it('is held until released, by one at a time', () => {
    const folder = aFolder();
    const lock = acquireOwnerLock(folder);
    expect(() => acquireOwnerLock(folder)).toThrow(`in use by process ${process.pid}`);
    lock.release();
    const next = acquireOwnerLock(folder);
    lock.release();
    expect(() => acquireOwnerLock(folder)).toThrow(`in use by process ${process.pid}`);
    next.release();
    expect(readdirSync(folder)).toEqual(['owner.2.lock']);
  });

  it('respects a live process other than ours', () => {
    const folder = aFolderWithLock(ownerText(process.ppid));
    expect(() => acquireOwnerLock(folder)).toThrow(`in use by process ${process.ppid}`);
    expect(readdirSync(folder)).toEqual(['owner.9.lock']);
  });

  it.each([
    ['its process is gone', ownerText(2 ** 30, 'long ago')],
    ['its process id belongs to another process by now', ownerText(process.ppid, 'before that')],
    ['its owner released it', ''],
    ['a power loss tore it', '{"pid":1,"sta'],
  ])('takes over a lock when %s', (_, content) => {
    const folder = aFolderWithLock(content);
    acquireOwnerLock(folder);
    expect(readdirSync(folder)).toEqual(['owner.10.lock']);
    expect(readFileSync(join(folder, 'owner.10.lock'), 'utf8')).toBe(ownerText(process.pid));
  });
});
