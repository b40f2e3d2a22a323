import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MissingTool } from '../server.ts';
import { chooseRelease } from './opensearch.ts';
import { findJavas, pickJava } from './java.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-java-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function aJava(version: string): string {
  const home = aFolder();
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'java'), '');
  writeFileSync(join(home, 'release'), `IMPLEMENTOR="Anyone"\nJAVA_VERSION="${version}"\n`);
  return home;
}

const JAVA_17 = { home: '/java/17', major: 17 };
const JAVA_21 = { home: '/java/21', major: 21 };
const JAVA_25 = { home: '/java/25', major: 25 };

describe('Java', () => {
  it('is found by the variables that name it, then in the path, through links', () => {
    const [named, named2, onPath, bin] = [aJava('25.0.3'), aJava('17'), aJava('21.0.1'), aFolder()];
    symlinkSync(join(onPath, 'bin', 'java'), join(bin, 'java'));
    const env = { JAVA_HOME: named, OPENSEARCH_JAVA_HOME: named2, PATH: `/nowhere:${bin}` };
    expect(findJavas(env).slice(0, 3)).toEqual([
      { home: named, major: 25 },
      { home: named2, major: 17 },
      { home: onPath, major: 21 },
    ]);
  });

  it('is not what a folder only claims to be', () => {
    const broken = aJava('21');
    writeFileSync(join(broken, 'release'), 'nothing of use\n');
    const homes = findJavas({ JAVA_HOME: broken, OPENSEARCH_JAVA_HOME: aFolder() }).map(({ home }) => home);
    expect(homes).not.toContain(broken);
  });

  it('is the first that fits', () => {
    expect(pickJava([JAVA_17, JAVA_25, JAVA_21], { min: 21, max: undefined }, 'It')).toBe(JAVA_25);
    expect(pickJava([JAVA_25, JAVA_21], { min: 17, max: 23 }, 'It')).toBe(JAVA_21);
  });

  it('that does not fit is named, with what to install', () => {
    const pick = () => pickJava([JAVA_17], { min: 21, max: undefined }, 'OpenSearch 3');
    expect(pick).toThrow(MissingTool);
    expect(pick).toThrow('OpenSearch 3 needs Java 21 or newer (found: 17 in /java/17)');
    expect(pick).toThrow('sudo apt-get install openjdk-21-jre-headless');
    expect(() => pickJava([], { min: 17, max: 23 }, 'It')).toThrow('It needs Java 17 to 23 (found: none)');
  });

  it('decides which OpenSearch there is', () => {
    expect(chooseRelease([JAVA_17, JAVA_25], false)).toMatchObject({ release: { version: '3.4.0' }, java: JAVA_25 });
    expect(chooseRelease([JAVA_17], false)).toMatchObject({ release: { version: '2.19.4' }, java: JAVA_17 });
    expect(chooseRelease([JAVA_25, JAVA_17], true)).toMatchObject({ release: { version: '2.19.4' }, java: JAVA_17 });
    expect(() => chooseRelease([JAVA_25], true)).toThrow(
      'OpenSearch 2.19.4 with its security plugin needs Java 17 to 23',
    );
  });
});
