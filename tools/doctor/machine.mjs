// @ts-check
// The facts about this machine that the doctor's needs are decided by. Plain JavaScript: it runs before anything is installed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * @typedef {object} Machine
 * @property {string} node version of the Node that runs the doctor, such as "20.19.2"
 * @property {string | undefined} npm version, undefined when npm is not there
 * @property {boolean} root whether this process runs as root
 * @property {string[]} users names of the system's accounts
 * @property {number} freeBytes free space where the checkout stands
 * @property {number[]} javas major versions of the Javas that tests would find
 * @property {string | undefined} go version, such as "1.24.4", undefined when Go is not there
 * @property {boolean} installed whether the npm packages are there
 * @property {(command: string) => boolean} has whether a command is found in the path
 */

/** @param {string} root folder of the checkout @returns {Machine} */
export function inspectMachine(root) {
  const disk = statfsSync(root);
  return {
    node: process.versions.node,
    npm: has('npm') ? execFileSync('npm', ['--version'], { encoding: 'utf8' }).trim() : undefined,
    root: process.getuid?.() === 0,
    users: existsSync('/etc/passwd') ? accountNames(readFileSync('/etc/passwd', 'utf8')) : [],
    freeBytes: disk.bavail * disk.bsize,
    javas: findJavas(),
    go: has('go')
      ? execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim().replace(/^go/, '')
      : undefined,
    installed: existsSync(join(root, 'node_modules')),
    has,
  };
}

/** Looks where packages/testkit/src/backends/local/java.ts looks, and reads the same files. */
function findJavas() {
  const program = find('java');
  const parents = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'].filter((parent) => existsSync(parent));
  const installed = parents.flatMap((parent) =>
    readdirSync(parent).flatMap((name) => [join(parent, name), join(parent, name, 'Contents/Home')]),
  );
  const named = [
    process.env.JAVA_HOME,
    process.env.OPENSEARCH_JAVA_HOME,
    program && dirname(dirname(realpathSync(program))),
  ];
  const releases = [...named, ...installed].flatMap((home) => (home ? join(home, 'release') : []));
  const majors = releases
    .filter((file) => existsSync(file))
    .flatMap((file) => /^JAVA_VERSION="(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? []);
  return [...new Set(majors.map(Number))].sort((a, b) => a - b);
}

/** @param {string} command */
function has(command) {
  return find(command) !== undefined;
}

/** @param {string} command */
function find(command) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command)).find((file) => isExecutable(file));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} passwd */
function accountNames(passwd) {
  return passwd.split('\n').flatMap((line) => line.split(':')[0] || []);
}
