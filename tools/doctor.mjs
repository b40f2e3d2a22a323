// @ts-check
// Tells what this machine lacks and how to install it. Runs on any Node from 18 on, without a single package.
import { fileURLToPath } from 'node:url';
import { diagnose } from './doctor/diagnose.mjs';
import { inspectMachine } from './doctor/machine.mjs';
import { NEEDS } from './doctor/needs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { lines, healthy } = diagnose(NEEDS, inspectMachine(root));
console.log(lines.join('\n'));
process.exitCode = healthy ? 0 : 1;
