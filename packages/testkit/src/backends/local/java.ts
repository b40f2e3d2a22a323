// Which Java runs a server: every JDK or JRE describes itself in a file `release` in its home, so none need be started.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { MissingTool } from '../server.ts';

export interface Java {
  home: string;
  major: number;
}

export interface JavaRange {
  min: number;
  max: number | undefined;
}

/** Where systems keep several; each folder of them is a home, on macOS with two more below it. */
const PARENTS = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'];
const BELOW = ['', 'Contents/Home'];

/** The homes of this machine, those that the user named first. */
export function findJavas(env: NodeJS.ProcessEnv): Java[] {
  const named = [env['JAVA_HOME'], env['OPENSEARCH_JAVA_HOME'], homeOnPath(env['PATH'] ?? '')];
  const installed = PARENTS.flatMap((parent) =>
    foldersIn(parent).flatMap((name) => BELOW.map((below) => join(parent, name, below))),
  );
  return [...named, ...installed].flatMap((home) => (home ? (describe(home) ?? []) : []));
}

/** The first that fits. `what` is the program it is for, such as "OpenSearch 3.4.0". */
export function pickJava(javas: readonly Java[], range: JavaRange, what: string): Java {
  const java = javas.find(({ major }) => fits(major, range));
  if (java !== undefined) return java;
  const wanted = range.max === undefined ? `${range.min} or newer` : `${range.min} to ${range.max}`;
  const found = javas.map(({ major, home }) => `${major} in ${home}`).join(', ') || 'none';
  throw new MissingTool(
    `${what} needs Java ${wanted} (found: ${found}). Install it with "sudo apt-get install ` +
      `openjdk-${range.min}-jre-headless", elsewhere from https://adoptium.net, or name its folder in JAVA_HOME.`,
  );
}

export function fits(major: number, { min, max }: JavaRange): boolean {
  return major >= min && (max === undefined || major <= max);
}

function homeOnPath(path: string): string | undefined {
  const program = path
    .split(delimiter)
    .map((folder) => join(folder, 'java'))
    .find((file) => existsSync(file));
  return program === undefined ? undefined : dirname(dirname(realpathSync(program)));
}

function describe(home: string): Java | undefined {
  const release = join(home, 'release');
  if (!existsSync(release) || !existsSync(join(home, 'bin', 'java'))) return undefined;
  const major = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1];
  return major === undefined ? undefined : { home, major: Number(major) };
}

function foldersIn(parent: string): string[] {
  return existsSync(parent) ? readdirSync(parent).toSorted() : [];
}
