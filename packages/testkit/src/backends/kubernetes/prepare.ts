// Builds ahead what tests would build at their first use: `node prepare.ts` the control plane, `node prepare.ts cluster`
// the programs of a node and the autoscaler as well.
import { AUTOSCALER, CONTROL_PLANE, NODE, prepareBinaries } from './binaries.ts';

const names = process.argv[2] === 'cluster' ? [...CONTROL_PLANE, ...NODE, ...AUTOSCALER] : CONTROL_PLANE;
const paths = await prepareBinaries(names, { env: process.env, say: console.log });
console.log(Object.values(paths).join('\n'));
