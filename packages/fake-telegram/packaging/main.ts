import { join } from 'node:path';
import { pack } from './pack.ts';

const [into = join(import.meta.dirname, '../../../.cache/pack')] = process.argv.slice(2);
console.log(await pack(into));
