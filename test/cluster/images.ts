// Images without an image builder: a folder packed as one layer of a docker archive, which containerd imports. Nothing is
// pulled: the pause image is 20 lines of Go, the detector's is this checkout with the Node and libraries of this machine.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GO_MODULES, goBuild } from '@chatwarden/testkit/backends/parts';
import { createRootFs } from '@chatwarden/testkit/stand-ins';

export interface Image {
  /** Names with tags, the first one counts in messages. */
  names: readonly string[];
  /** What its file system is. */
  root: string;
  entrypoint: readonly string[];
  command?: readonly string[];
  workingDir?: string;
  /** Number of the user, not root unless told. */
  user?: string;
}

const CHECKOUT = join(import.meta.dirname, '..', '..');
const NODE_INSIDE = '/usr/local/bin/node';
/** Where the checkout stands in the image. */
const APP = '/app';
/** Parts of packages that a running service has no use for. */
const LEFT_OUT = new Set(['node_modules', 'test', 'bench', 'coverage', '.cache']);

/** Writes `file` in the form that `docker load` and `ctr images import` read. */
export async function packImage(image: Image, file: string): Promise<void> {
  const folder = `${file}.parts`;
  mkdirSync(folder);
  const layer = join(folder, 'layer.tar');
  execFileSync('tar', [
    '--create',
    '--file',
    layer,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '-C',
    image.root,
    '.',
  ]);
  const hash = createHash('sha256');
  await pipeline(createReadStream(layer), hash);
  const config = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      Entrypoint: image.entrypoint,
      Cmd: image.command ?? [],
      WorkingDir: image.workingDir ?? '/',
      User: image.user ?? '1000',
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin'],
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${hash.digest('hex')}`] },
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const manifest = [{ Config: 'config.json', RepoTags: image.names, Layers: ['layer.tar'] }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  execFileSync('tar', ['--create', '--file', file, '-C', folder, 'manifest.json', 'config.json', 'layer.tar']);
  rmSync(folder, { recursive: true });
}

export async function packPause(file: string, name: string): Promise<void> {
  const root = `${file}.root`;
  mkdirSync(root);
  const build = { module: join(GO_MODULES, 'pause'), program: '.', to: join(root, 'pause'), what: 'pause' };
  await goBuild({ ...build, workFolder: dirname(file), env: process.env, say: () => undefined });
  await packImage({ names: [name], root, entrypoint: ['/pause'], user: '65535' }, file);
  rmSync(root, { recursive: true });
}

/** The services that are named, as `node services/<name>/src/main.ts` in its working directory. */
export async function packServices(file: string, names: readonly string[], services: readonly string[]): Promise<void> {
  const root = `${file}.root`;
  mkdirSync(root);
  const rootFs = createRootFs(root);
  rootFs.libraries(process.execPath, CHECKOUT);
  rootFs.tree(realpathSync(process.execPath), NODE_INSIDE);
  for (const folder of productionFolders(services)) copyPackage(folder, join(root, APP));
  cpSync(join(CHECKOUT, 'package.json'), join(root, APP, 'package.json'));
  const command = [NODE_INSIDE, `services/${services[0]}/src/main.ts`];
  await packImage({ names, root, entrypoint: [], command, workingDir: APP }, file);
  rmSync(root, { recursive: true });
}

/** Folders of every package that the services need when they run, relative to the checkout. */
function productionFolders(services: readonly string[]): string[] {
  const workspaces = services.map((name) => `--workspace=@chatwarden/${name}`);
  const args = ['ls', '--omit=dev', '--all', '--parseable', ...workspaces];
  const printed = execFileSync('npm', args, { cwd: CHECKOUT, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  const folders = printed.split('\n').map((path) => relative(CHECKOUT, path));
  return [...new Set(folders)].filter((folder) => folder !== '' && existsSync(join(CHECKOUT, folder)));
}

/** A workspace is a link in node_modules: both the link and what it leads to are copied. */
function copyPackage(folder: string, app: string): void {
  const from = join(CHECKOUT, folder);
  const to = join(app, folder);
  mkdirSync(dirname(to), { recursive: true });
  if (!lstatSync(from).isSymbolicLink()) return copyWithout(from, to);
  symlinkSync(readlinkSync(from), to);
  const target = relative(CHECKOUT, realpathSync(from));
  copyWithout(join(CHECKOUT, target), join(app, target));
}

function copyWithout(from: string, to: string): void {
  const isWanted = (file: string) => file === from || (!LEFT_OUT.has(basename(file)) && !file.endsWith('.test.ts'));
  cpSync(from, to, { recursive: true, filter: isWanted });
}
