// OpenSearch as it stands in the cache. The archive on Maven Central is bare: what every real installation has beside it,
// scripts and update-by-query and analysis, is made here of its jars, each a module with a description of its own.
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenSearchRelease } from '../versions.ts';
import type { PackageOptions } from './kafka-package.ts';
import { download } from './maven.ts';
import { makeCertificates, type Secrets } from './opensearch-security.ts';
import { cacheFolder, prepareOnce } from './prepare-once.ts';

export interface OpenSearchPackage extends PackageOptions {
  release: OpenSearchRelease;
  security: boolean;
}

/** Counts up when what is made below changes without a new version. */
const RECIPE = 1;
const PLUGIN_GROUP = 'org.opensearch.plugin';

interface Module {
  name: string;
  /** Without its ending, which differs between major versions. */
  entry: string;
  extends?: string;
  /** How the names of its jars begin. */
  jars: readonly string[];
}

const MODULES: readonly Module[] = [
  {
    name: 'lang-painless',
    entry: 'painless.Painless',
    jars: ['lang-painless-', 'opensearch-scripting-painless-spi-', 'antlr4-runtime-', 'asm-'],
  },
  {
    name: 'analysis-common',
    entry: 'analysis.common.CommonAnalysis',
    extends: 'lang-painless',
    jars: ['analysis-common-'],
  },
  {
    name: 'reindex',
    entry: 'index.reindex.Reindex',
    jars: ['reindex-client-', 'opensearch-rest-client-', 'opensearch-ssl-config-', 'http', 'commons-', 'slf4j-api-'],
  },
  { name: 'mapper-extras', entry: 'index.mapper.MapperExtras', jars: ['mapper-extras-client-'] },
  {
    name: 'ingest-common',
    entry: 'ingest.common.IngestCommon',
    extends: 'lang-painless',
    jars: ['ingest-common-', 'opensearch-dissect-', 'opensearch-grok-', 'joni-', 'jcodings-'],
  },
];
const MODULE_JARS = [
  'lang-painless',
  'opensearch-scripting-painless-spi',
  'analysis-common',
  'reindex-client',
  'mapper-extras-client',
  'ingest-common',
];

/** Under the security manager of 2.x; the jars on Maven Central come without their policy. */
const POLICY = `grant {
  permission java.lang.RuntimePermission "createClassLoader";
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "accessDeclaredMembers";
  permission java.lang.reflect.ReflectPermission "suppressAccessChecks";
  permission java.net.SocketPermission "*", "connect";
};
`;

/** Returns the folder: `home`, and with security also `security` and `secrets` (see opensearch-security.ts). */
export async function prepareOpenSearch(options: OpenSearchPackage): Promise<string> {
  const { release, security, env, say } = options;
  const what = `OpenSearch ${release.version}${security ? ' with security' : ''}`;
  const name = `opensearch-${release.version}${security ? '-security' : ''}-${RECIPE}`;
  return prepareOnce({
    what,
    folder: cacheFolder(name, env),
    say,
    make: async (folder) => {
      say(`${what}: downloading ${security ? 155 : 185} MB`);
      await install(folder, options);
      if (security) await makeCertificates(secretsOf(folder), options.java);
    },
  });
}

export function secretsOf(folder: string): Secrets {
  return { folder: join(folder, 'secrets'), plugin: join(folder, 'home', 'plugins', 'opensearch-security') };
}

async function install(folder: string, { release, security, java, env, say }: OpenSearchPackage): Promise<void> {
  const { version } = release;
  const workFolder = join(folder, 'maven');
  const jars = join(workFolder, 'jars');
  const home = join(folder, 'home');
  const plugin = join(workFolder, 'plugin');
  const archive = { group: 'org.opensearch.distribution.integ-test-zip', name: 'opensearch', version, to: workFolder };
  const securityPlugin = { group: PLUGIN_GROUP, name: 'opensearch-security', version: `${version}.0`, to: plugin };
  await download({
    jars: { artifacts: MODULE_JARS.map((name) => ({ group: PLUGIN_GROUP, name, version })), to: jars },
    archives: security ? [archive, securityPlugin] : [archive],
    workFolder,
    java,
    env,
    say,
  });
  renameSync(join(workFolder, `opensearch-${version}`), home);
  for (const module of MODULES) addModule({ module, home, jars, version });
  if (security) {
    mkdirSync(join(home, 'plugins'), { recursive: true });
    renameSync(plugin, join(home, 'plugins', 'opensearch-security'));
  }
  rmSync(workFolder, { recursive: true });
}

interface Addition {
  module: Module;
  home: string;
  jars: string;
  version: string;
}

function addModule({ module, home, jars, version }: Addition): void {
  const folder = join(home, 'modules', module.name);
  mkdirSync(folder);
  const names = readdirSync(jars).filter((name) => module.jars.some((start) => name.startsWith(start)));
  for (const name of names) cpSync(join(jars, name), join(folder, name));
  const isOld = version.startsWith('2.');
  const description = {
    name: module.name,
    description: module.name,
    version,
    'opensearch.version': version,
    'java.version': '11',
    classname: `org.opensearch.${module.entry}${isOld ? 'Plugin' : 'ModulePlugin'}`,
    'extended.plugins': module.extends ?? '',
    'has.native.controller': 'false',
  };
  const lines = Object.entries(description).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(folder, 'plugin-descriptor.properties'), lines.join(''));
  if (isOld) writeFileSync(join(folder, 'plugin-security.policy'), POLICY);
}
