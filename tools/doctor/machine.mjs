// @ts-check
// The facts about this machine that the doctor's needs are decided by. Plain JavaScript: it runs before anything is installed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} Machine
 * @property {string} node version of the Node that runs the doctor, such as "20.19.2"
 * @property {string | undefined} npm version, undefined when npm is not there
 * @property {boolean} root whether this process runs as root
 * @property {string[]} users names of the system's accounts
 * @property {number} freeBytes free space where the checkout stands
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
    installed: existsSync(join(root, 'node_modules')),
    has,
  };
}

/** @param {string} command */
function has(command) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => isExecutable(join(folder, command)));
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
