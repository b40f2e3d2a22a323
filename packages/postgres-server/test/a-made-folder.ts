import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { startPostgres } from '../src/index.ts';
import { aFolder } from './a-folder.ts';

let made: Promise<string> | undefined;
afterAll(async () => {
  if (made) rmSync(await made, { recursive: true });
});

/** A data folder after its first start and a clean stop: a copy, since making one takes most of a test's time. */
export async function aMadeFolder(): Promise<string> {
  made ??= make();
  const dataDir = join(aFolder(), 'data');
  execFileSync('cp', ['-Rp', join(await made, 'data'), dataDir]);
  return dataDir;
}

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-server-made-'));
  chmodSync(folder, 0o711);
  await (await startPostgres({ dataDir: join(folder, 'data') })).stop();
  return folder;
}
