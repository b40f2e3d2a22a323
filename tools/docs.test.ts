// Keeps the documents true: what they link to and what they name is there.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readLinks, readPaths, readTablePaths } from './docs/read-links.ts';
import { listFiles } from './tree/list-files.ts';

const root = join(import.meta.dirname, '..');
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const missing = (paths: readonly string[]) => paths.filter((path) => !existsSync(join(root, path)));

it('every relative link of every page leads to a file', () => {
  const targets = listFiles(root, '*.md').flatMap((page) => readLinks(read(page)).map((to) => join(dirname(page), to)));
  expect(missing(targets)).toEqual([]);
});

it.each(['ARCHITECTURE.md', 'docs/operator-capabilities.md'])('the tables of %s name files that exist', (page) => {
  const paths = readTablePaths(read(page));
  expect(paths).not.toEqual([]);
  expect(missing(paths)).toEqual([]);
});

it('README.md names files that exist', () => {
  expect(missing(readPaths(read('README.md')))).toEqual([]);
});
