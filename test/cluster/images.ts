// The images of the node's pods. Nothing is pulled: the pause image is a few lines of Go; that of the services is this
// checkout with the Node and the libraries of this machine, below it what npm installed, which is packed once and kept.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { cacheFolder, GO_MODULES, goBuild, prepareOnce } from '@chatwarden/testkit/backends/parts';
import { createRootFs } from '@chatwarden/testkit/stand-ins';
import { packImage, packLayer, type Layer } from './pack-image.ts';

export interface ServiceImage {
  /** With tags; the same image under each. */
  names: readonly string[];
  /** The workspace that starts. */
  service: string;
}

export interface PackOptions {
  /** Where the archives go. */
  folder: string;
  say(line: string): void;
}

const CHECKOUT = join(import.meta.dirname, '..', '..');
const NODE_INSIDE = '/usr/local/bin/node';
/** Where the checkout stands in the image. */
const APP = '/app';
/** Nobody in particular, as in the images of distributions without a shell. */
const NOBODY = '65532';
/** Counts up when the layer of packages changes without a change of what is installed. */
const PACKAGES_RECIPE = 1;
/** Parts of packages that a running service has no use for. */
const LEFT_OUT = new Set(['node_modules', 'test', 'bench', 'coverage', '.cache']);
const LEFT_OUT_ENDS = ['.test.ts', '.map', '.d.ts', '.md'];

export async function packPause(file: string, name: string): Promise<void> {
  const root = `${file}.root`;
  mkdirSync(root);
  const build = { module: join(GO_MODULES, 'pause'), program: '.', to: join(root, 'pause'), what: 'pause' };
  await goBuild({ ...build, workFolder: dirname(file), env: process.env, say: () => undefined });
  const layer = await packLayer(root, `${file}.layer`);
  packImage({ names: [name], layers: [layer], command: ['/pause'], user: NOBODY }, file);
  rmSync(root, { recursive: true });
}

/** Paths of their archives. All hold the same files; each starts the `src/main.ts` of its service, as nobody. */
export async function packServices(images: readonly ServiceImage[], { folder, say }: PackOptions): Promise<string[]> {
  const folders = productionFolders(images.map(({ service }) => service));
  const isWorkspace = (path: string) => lstatSync(join(CHECKOUT, path)).isSymbolicLink();
  const packages = folders.filter((path) => !isWorkspace(path));
  const installed = await installedLayer(packages, say);
  const root = join(folder, 'services.root');
  mkdirSync(join(root, APP), { recursive: true });
  for (const link of folders.filter(isWorkspace)) copyWorkspace(link, join(root, APP));
  cpSync(join(CHECKOUT, 'package.json'), join(root, APP, 'package.json'));
  const ours = await packLayer(root, join(folder, 'services.layer'));
  rmSync(root, { recursive: true });
  return images.map(({ names, service }) => {
    const archive = join(folder, `${service}.tar`);
    const command = [NODE_INSIDE, `${folderOf(service)}/src/main.ts`];
    packImage({ names, layers: [installed, ours], command, workingDir: APP, user: NOBODY }, archive);
    return archive;
  });
}

/** Folders of every package that the services need when they run, relative to the checkout. */
function productionFolders(services: readonly string[]): string[] {
  const workspaces = services.map((name) => `--workspace=@chatwarden/${name}`);
  const args = ['ls', '--omit=dev', '--all', '--parseable', ...workspaces];
  const printed = execFileSync('npm', args, { cwd: CHECKOUT, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  const folders = printed.split('\n').map((path) => relative(CHECKOUT, path));
  return [...new Set(folders)].filter((folder) => folder !== '' && existsSync(join(CHECKOUT, folder)));
}

/** Node and what npm installed: hundreds of megabytes that seldom change. */
async function installedLayer(folders: readonly string[], say: (line: string) => void): Promise<Layer> {
  const lock = readFileSync(join(CHECKOUT, 'package-lock.json'));
  const key = createHash('sha256')
    .update(`${PACKAGES_RECIPE} ${folders.join(' ')}`)
    .update(lock)
    .digest('hex');
  const make = async (folder: string) => {
    const root = join(folder, 'root');
    mkdirSync(root);
    const rootFs = createRootFs(root);
    rootFs.libraries(process.execPath, CHECKOUT);
    rootFs.tree(realpathSync(process.execPath), NODE_INSIDE);
    for (const installed of folders) copyWithout(join(CHECKOUT, installed), join(root, APP, installed));
    const { digest } = await packLayer(root, join(folder, 'layer.tar'));
    writeFileSync(join(folder, 'digest'), digest);
    rmSync(root, { recursive: true });
  };
  const what = 'image layer of Node and packages';
  const folder = await prepareOnce({ what, folder: cacheFolder(`layer-${key.slice(0, 8)}`, process.env), make, say });
  return { file: join(folder, 'layer.tar'), digest: readFileSync(join(folder, 'digest'), 'utf8') };
}

/** Of a workspace, relative to the checkout. */
function folderOf(workspace: string): string {
  return relative(CHECKOUT, realpathSync(join(CHECKOUT, 'node_modules/@chatwarden', workspace)));
}

/** A workspace is a link in node_modules: both the link and what it leads to are copied. */
function copyWorkspace(link: string, app: string): void {
  mkdirSync(dirname(join(app, link)), { recursive: true });
  symlinkSync(readlinkSync(join(CHECKOUT, link)), join(app, link));
  const target = relative(CHECKOUT, realpathSync(join(CHECKOUT, link)));
  copyWithout(join(CHECKOUT, target), join(app, target));
}

function copyWithout(from: string, to: string): void {
  const isLeftOut = (name: string) => LEFT_OUT.has(name) || LEFT_OUT_ENDS.some((end) => name.endsWith(end));
  const isWanted = (file: string) => file === from || !isLeftOut(basename(file));
  cpSync(from, to, { recursive: true, filter: isWanted });
}
