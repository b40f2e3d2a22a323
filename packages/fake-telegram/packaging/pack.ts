/** `npm run tarball`: the tarball that others install, made by npm from a staged copy. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stage } from './stage.ts';

const run = promisify(execFile);

/** Packs into a folder, made if need be; the path of the tarball. */
export async function pack(into: string): Promise<string> {
  const staged = await mkdtemp(join(tmpdir(), 'fake-telegram-pack-'));
  try {
    await stage(staged);
    await mkdir(into, { recursive: true });
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', into], { cwd: staged });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (!packed) throw new Error(`npm packed nothing: ${stdout}`);
    return join(into, packed.filename);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}
