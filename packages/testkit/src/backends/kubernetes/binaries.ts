// The programs that a Kubernetes is made of, each built once per version and kept in the cache. A folder that the user names
// in KUBEBUILDER_ASSETS comes first: what stands in it is taken as it is.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, prepareOnce } from '../local/prepare-once.ts';
import { KEDA, KUBERNETES } from '../versions.ts';
import { goBuild, requireGo } from './go.ts';

export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** Gets a line now and then while something takes long. */
  say(line: string): void;
}

interface Recipe {
  module: 'kubernetes' | 'keda';
  program: string;
  version: string;
  /** On two cores, in this order, the modules downloaded. */
  seconds: number;
}

const [major, minor] = KUBERNETES.version.split('.') as [string, string];
/** Without these they call themselves v0.0.0, and clients believe it. */
const STAMP = {
  'k8s.io/component-base/version.gitVersion': `v${KUBERNETES.version}`,
  'k8s.io/component-base/version.gitMajor': major,
  'k8s.io/component-base/version.gitMinor': minor,
};

const kubernetes = (name: string, seconds: number): Recipe => ({
  module: 'kubernetes',
  program: `k8s.io/kubernetes/cmd/${name}`,
  version: KUBERNETES.version,
  seconds,
});
const keda = (name: string, seconds: number): Recipe => ({
  module: 'keda',
  program: `github.com/kedacore/keda/v2/cmd/${name}`,
  version: KEDA.version,
  seconds,
});

const RECIPES = {
  etcd: { module: 'kubernetes', program: 'go.etcd.io/etcd/server/v3', version: KUBERNETES.etcd, seconds: 70 },
  'kube-apiserver': kubernetes('kube-apiserver', 380),
  'kube-controller-manager': kubernetes('kube-controller-manager', 90),
  kubectl: kubernetes('kubectl', 40),
  'kube-scheduler': kubernetes('kube-scheduler', 10),
  kubelet: kubernetes('kubelet', 25),
  'keda-operator': keda('operator', 620),
  'keda-adapter': keda('adapter', 70),
} satisfies Record<string, Recipe>;

export type Binary = keyof typeof RECIPES;

export const CONTROL_PLANE = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'] as const;
export const NODE = ['kube-scheduler', 'kubelet'] as const;
export const AUTOSCALER = ['keda-operator', 'keda-adapter'] as const;

/** Where the go.mod files are. */
export const GO_MODULES = join(import.meta.dirname, '..', '..', '..', 'go');

/** Counts up when what is built changes without a change of the modules. */
const BUILD_RECIPE = 1;
const EXECUTABLE = 0o755;

/** The path of each, built when it was not there yet. Throws {@link MissingTool} where Go is missing for it. */
export async function prepareBinaries<Name extends Binary>(
  names: readonly Name[],
  around: Surroundings,
): Promise<Record<Name, string>> {
  const paths: Partial<Record<Name, string>> = {};
  sayWhatIsAhead(names, around);
  for (const name of names) paths[name] = foundBinary(name, around.env) ?? (await buildOnce(name, around));
  return paths as Record<Name, string>;
}

function sayWhatIsAhead(names: readonly Binary[], { env, say }: Surroundings): void {
  const missing = names.filter((name) => foundBinary(name, env) === undefined);
  if (missing.length === 0) return;
  requireGo(env);
  const seconds = missing.reduce((sum, name) => sum + RECIPES[name].seconds, 0);
  say(`building ${missing.join(', ')}, once for this machine: about ${Math.ceil(seconds / 60)} min on two cores`);
}

/** Undefined when it must be built. */
function foundBinary(name: Binary, env: NodeJS.ProcessEnv): string | undefined {
  const given = env['KUBEBUILDER_ASSETS'];
  const files = [...(given ? [join(given, name)] : []), join(folderOf(name, env), name)];
  return files.find((file) => existsSync(file));
}

function folderOf(name: Binary, env: NodeJS.ProcessEnv): string {
  const { module, version } = RECIPES[name];
  const made = createHash('sha256').update(`${BUILD_RECIPE} ${process.arch}`);
  for (const file of ['go.mod', 'go.sum']) made.update(readFileSync(join(GO_MODULES, module, file)));
  return cacheFolder(`${name}-${version}-${made.digest('hex').slice(0, 8)}`, env);
}

async function buildOnce(name: Binary, { env, say }: Surroundings): Promise<string> {
  const { module, program, version } = RECIPES[name];
  const what = `${name} ${version}`;
  const build = async (folder: string) => {
    const to = join(folder, name);
    await goBuild({
      module: join(GO_MODULES, module),
      program,
      to,
      variables: module === 'kubernetes' ? STAMP : {},
      workFolder: folder,
      what,
      env,
      say,
    });
    rmSync(join(folder, 'go.log'));
    chmodSync(to, EXECUTABLE);
  };
  const folder = await prepareOnce({ what, folder: folderOf(name, env), make: build, say });
  return join(folder, name);
}
