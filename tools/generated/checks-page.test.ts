import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../packages/detector/src/checks/all-checks.ts';
import { checksPage } from './checks-page.ts';

let root: string;
let page: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chatwarden-checks-page-'));
  await checksPage.generate(root);
  page = await readFile(join(root, 'docs/checks.md'), 'utf8');
});
afterAll(() => rm(root, { recursive: true }));

describe('the page of checks', () => {
  const rows = () => page.split('\n').filter((line) => line.startsWith('| `'));

  it('has a row of five cells for every check', () => {
    expect(rows().map((row) => /`(\w+)`/.exec(row)?.[1])).toEqual(CHECKS.map((check) => check.name));
    expect(rows().filter((row) => row.split(/(?<!\\)\|/).length !== 7)).toEqual([]);
  });

  it('shows what cannot be seen as its code', () => {
    expect(page).toContain('c⟨U+200B⟩a⟨U+200B⟩s');
    expect(page).toMatch(/⟨U\+202E⟩/);
    expect(page).not.toMatch(/[\u200b\u202e\u2060]/);
  });

  it('says how much a check weighs', () => {
    const weightOf = (name: string) =>
      rows()
        .find((row) => row.startsWith(`| \`${name}\``))
        ?.split('|')
        .at(-2)
        ?.trim();
    expect([weightOf('spacedLetters'), weightOf('keyboard'), weightOf('allowedList')]).toEqual([
      '1.5',
      '0.8 to 4',
      '-20',
    ]);
  });
});
