import { describe, expect, it } from 'vitest';
import { readLinks, readPaths, readTablePaths } from './read-links.ts';

describe('links of a markdown page', () => {
  it('are the relative ones, without their fragments', () => {
    const page =
      '[a](docs/a.md#part) ![b](b.png "title") [c](https://example.org/c) [d](#here) [e](mailto:x@example.org)';
    expect(readLinks(page)).toEqual(['docs/a.md', 'b.png']);
  });

  it('leave code alone', () => {
    expect(readLinks('`[a](a.md)`\n```\n[b](b.md)\n```\n')).toEqual([]);
  });
});

describe('paths of a markdown page', () => {
  it('are named in backticks, with braces for several', () => {
    expect(readPaths('see `packages/{bus,store}/src` and `package.json`')).toEqual([
      'packages/bus/src',
      'packages/store/src',
      'package.json',
    ]);
  });

  it('are neither commands, routes, addresses, packages, words nor globs', () => {
    const spans = [
      'make run',
      '/api/v1/groups',
      'http://localhost:3000/',
      '@chatwarden/bus',
      'events',
      'packages/*/src',
      'PORT=1/2',
    ];
    expect(readPaths(spans.map((span) => `\`${span}\``).join(' '))).toEqual([]);
  });

  it('can be read from tables alone', () => {
    expect(readTablePaths('`text/only.ts`\n\n| step | file |\n|---|---|\n| 1 | `services/bot/src/a.ts` |\n')).toEqual([
      'services/bot/src/a.ts',
    ]);
  });
});
