// Images without an image builder: folders packed as the layers of a docker archive, which containerd imports.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface Image {
  /** With tags; the same image under each. */
  names: readonly string[];
  /** From below to above. */
  layers: readonly Layer[];
  command: readonly string[];
  workingDir?: string;
  /** Number of the user. */
  user: string;
}

export interface Layer {
  /** A tar file. */
  file: string;
  /** SHA-256 of it, in hexadecimal. */
  digest: string;
}

/** Packs a folder as it is; everything belongs to root, and anybody may read what its owner may. */
export async function packLayer(root: string, file: string): Promise<Layer> {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--mode=a+rX'];
  execFileSync('tar', ['--create', '--file', file, ...owner, '-C', root, '.']);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { file, digest: hash.digest('hex') };
}

/** Writes `file` in the form that `docker load` and `ctr images import` read. */
export function packImage({ names, layers, command, workingDir = '/', user }: Image, file: string): void {
  const folder = `${file}.parts`;
  mkdirSync(folder);
  const config = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: command, WorkingDir: workingDir, User: user, Env: ['PATH=/usr/local/bin:/usr/bin:/bin'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => `sha256:${digest}`) },
  };
  const packed = layers.map(({ digest }) => `${digest}.tar`);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify([{ Config: 'config.json', RepoTags: names, Layers: packed }]),
  );
  const lines = ['manifest.json', 'config.json'];
  const named = layers.flatMap(({ file: layer, digest }) => ['--transform', `s|^${layer.slice(1)}$|${digest}.tar|`]);
  const paths = layers.map(({ file: layer }) => layer);
  execFileSync('tar', ['--create', '--file', file, ...named, '-C', folder, ...lines, ...paths], { stdio: 'pipe' });
  rmSync(folder, { recursive: true });
}
