import { readFileSync } from 'node:fs';

/** Of the whole project: images are tagged by it. */
export const RELEASE = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
