import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.mjs';
import type { Machine } from './machine.mjs';
import { NEEDS } from './needs.mjs';

const GIGABYTE = 1024 ** 3;

function aMachine(facts: Partial<Machine> = {}): Machine {
  return {
    node: '20.19.2',
    npm: '10.8.2',
    root: false,
    users: ['root'],
    freeBytes: 10 * GIGABYTE,
    javas: [17, 21],
    go: '1.24.4',
    installed: false,
    has: () => true,
    ...facts,
  };
}

/** The printed line about one need, with the install command below it when there is one. */
function about(name: string, facts: Partial<Machine>): string {
  const { lines } = diagnose(NEEDS, aMachine(facts));
  const at = lines.findIndex((line) => line.slice(9).startsWith(`${name} (`));
  return lines.slice(at, at + 2).join('\n');
}

describe('doctor', () => {
  it('finds a machine healthy that has everything', () => {
    const { lines, healthy } = diagnose(NEEDS, aMachine());
    expect(healthy).toBe(true);
    expect(lines.at(-1)).toBe('This machine can run and test Chatwarden: make run, make test.');
  });

  it('stays healthy without the optional tools and tells how to install them', () => {
    const facts = { has: (command: string) => command !== 'docker' && command !== 'chromium' };
    expect(diagnose(NEEDS, aMachine(facts)).healthy).toBe(true);
    expect(about('docker', facts)).toContain('optional docker');
    expect(about('docker', facts)).toContain('-> sudo apt-get install docker.io');
  });

  it('names every required thing that is missing in its last line', () => {
    const { lines, healthy } = diagnose(NEEDS, aMachine({ npm: undefined, has: (command) => command !== 'git' }));
    expect(healthy).toBe(false);
    expect(lines.at(-1)).toBe('Missing for make run and make test: npm, git.');
  });

  it.each([
    ['node', { node: '18.20.4' }, 'version 18.20.4 is too old to install the packages'],
    ['npm', { npm: '9.2.0' }, 'sudo npm install --global npm@10'],
    ['npm', { npm: undefined }, 'sudo apt-get install npm'],
    ['disk', { freeBytes: 1 * GIGABYTE }, '1.0 GB free, 2.0 GB are needed'],
  ] satisfies [string, Partial<Machine>, string][])(
    'says what is wrong with %s and what mends it',
    (name, facts, words) => {
      expect(about(name, facts)).toContain('MISSING');
      expect(about(name, facts)).toContain(words);
    },
  );

  it('asks for less disk once the packages are installed', () => {
    expect(about('disk', { freeBytes: 1 * GIGABYTE, installed: true })).toContain('ok');
  });

  it('lets root through with the account postgres, or with useradd to make one', () => {
    expect(about('PostgreSQL account', { root: true, users: ['postgres'], has: () => false })).toContain('ok');
    expect(about('PostgreSQL account', { root: true, has: (command) => command === 'useradd' })).toContain('ok');
  });

  it.each([
    [[17, 25], 'ok', 'found 17, 25'],
    [[17], 'ok', 'OpenSearch 3 wants 21'],
    [[25], 'ok', 'OpenSearch with security, which wants 17 to 23'],
    [[11], 'optional', 'sudo apt-get install openjdk-17-jre-headless'],
    [[], 'optional', 'not found, 17 or newer is needed'],
  ])('says what the tests on real servers get of Java %j', (javas, mark, words) => {
    expect(about('java', { javas })).toMatch(new RegExp(`^${mark} `));
    expect(about('java', { javas })).toContain(words);
    expect(diagnose(NEEDS, aMachine({ javas })).healthy).toBe(true);
  });

  it('names the package that brings Maven', () => {
    expect(about('maven', { has: (command) => command !== 'mvn' })).toContain('sudo apt-get install maven');
  });

  it.each([
    [undefined, 'not found, 1.21 or newer is needed'],
    ['1.19.8', 'version 1.19.8 is too old'],
  ])('tells how to get Go where it is %s, and what is skipped without', (go, words) => {
    expect(about('go', { go })).toContain(words);
    expect(about('go', { go })).toMatch(/tests on Kubernetes.*golang-go/s);
    expect(about('go', { go: '1.26.8' })).toMatch(/^ok /);
    expect(about('go', { go: '2.0' })).toMatch(/^ok /);
  });

  it('refuses root where PostgreSQL can have no account of its own', () => {
    const words = about('PostgreSQL account', { root: true, has: () => false });
    expect(words).toContain('MISSING');
    expect(words).toContain('run make as another user');
  });
});
