import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/** Every folder of packages/ and services/ that has sources is one project, named after its folder. */
const workspaces = ['packages', 'services'].flatMap((parent) =>
  readdirSync(`${root}/${parent}`)
    .filter((name) => existsSync(`${root}/${parent}/${name}/src`))
    .map((name) => ({ name, folder: `${parent}/${name}` })),
);

export default defineConfig({
  test: {
    projects: [
      ...workspaces.map(({ name, folder }) => ({
        test: {
          name,
          root: `${root}/${folder}`,
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
        },
      })),
      { test: { name: 'tools', include: ['tools/**/*.test.ts'] } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
