// Jars and archives from Maven Central, through the user's own `mvn` with the user's own settings (mirrors, proxies).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync, openSync, closeSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MissingTool } from '../server.ts';
import { MAVEN_DEPENDENCY_PLUGIN } from '../versions.ts';
import type { Java } from './java.ts';

export interface Artifact {
  group: string;
  name: string;
  version: string;
}

export interface Download {
  /** Copied with all that they need. */
  jars?: { artifacts: readonly Artifact[]; to: string };
  /** Zip files, unpacked. */
  archives?: readonly (Artifact & { to: string })[];
  /** For what Maven writes itself. */
  workFolder: string;
  java: Java;
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

const STILL_AT_IT_MS = 20_000;
const LINES_SHOWN = 15;

export function requireMaven(env: NodeJS.ProcessEnv): void {
  const folders = (env['PATH'] ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, 'mvn')))) return;
  throw new MissingTool(
    'Maven is missing, which downloads the servers that tests need. ' +
      'Install it with "sudo apt-get install maven", elsewhere from https://maven.apache.org.',
  );
}

export async function download(wanted: Download): Promise<void> {
  requireMaven(wanted.env);
  mkdirSync(wanted.workFolder, { recursive: true });
  const pom = join(wanted.workFolder, 'pom.xml');
  writeFileSync(pom, pomOf(wanted));
  const goals = [
    ...(wanted.jars ? [`${MAVEN_DEPENDENCY_PLUGIN}:copy-dependencies`] : []),
    ...(wanted.archives ? [`${MAVEN_DEPENDENCY_PLUGIN}:unpack`] : []),
  ];
  const jarOptions = wanted.jars ? ['-DincludeScope=runtime', `-DoutputDirectory=${wanted.jars.to}`] : [];
  await runMaven(['--batch-mode', '--quiet', '--file', pom, ...jarOptions, ...goals], wanted);
}

async function runMaven(args: string[], { workFolder, java, env, say }: Download): Promise<void> {
  const logFile = join(workFolder, 'maven.log');
  const log = openSync(logFile, 'w');
  const startedAt = performance.now();
  const stillAtIt = setInterval(() => {
    say(`still downloading (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`);
  }, STILL_AT_IT_MS);
  try {
    const child = spawn('mvn', args, { env: { ...env, JAVA_HOME: java.home }, stdio: ['ignore', log, log] });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0) return;
  } finally {
    clearInterval(stillAtIt);
    closeSync(log);
  }
  const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
  throw new Error(
    `Maven could not download what tests need. It needs Maven Central, or a mirror named in ~/.m2/settings.xml:\n${tail}`,
  );
}

/** A project that is nothing but its list of dependencies. */
function pomOf({ jars, archives = [] }: Download): string {
  const dependencies = (jars?.artifacts ?? []).map((artifact) => `<dependency>${coordinates(artifact)}</dependency>`);
  const items = archives.map(
    (archive) =>
      `<artifactItem>${coordinates(archive)}<type>zip</type><outputDirectory>${archive.to}</outputDirectory></artifactItem>`,
  );
  const [group, name, version] = MAVEN_DEPENDENCY_PLUGIN.split(':') as [string, string, string];
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>chatwarden</groupId><artifactId>test-servers</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>${dependencies.join('\n')}</dependencies>
  <build><plugins><plugin>${coordinates({ group, name, version })}
    <configuration><artifactItems>${items.join('\n')}</artifactItems></configuration>
  </plugin></plugins></build>
</project>
`;
}

function coordinates({ group, name, version }: Artifact): string {
  return `<groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>`;
}
