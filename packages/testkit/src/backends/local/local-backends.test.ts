import { afterEach, describe, expect, it, vi } from 'vitest';
import { testBackends, testKafkaSecurity, testSecurity } from '../backends.suite.ts';
import { chooseBackends } from '../choose-backends.ts';
import { OPENSEARCH_2 } from '../versions.ts';
import { findJavas, fits } from './java.ts';
import { createLocalBackends, whatLocalLacks } from './local-backends.ts';

const backends = async () => createLocalBackends({ env: process.env, say: () => undefined });
const canRun = whatLocalLacks(process.env) === undefined;
const hasOldJava = findJavas(process.env).some(({ major }) => fits(major, OPENSEARCH_2.java));

describe.skipIf(!canRun)('local servers (needs Java 17 and Maven)', () => {
  testBackends(backends);
  testKafkaSecurity(backends);
});
describe.skipIf(!canRun || !hasOldJava)('local servers (needs Java 17 to 23 and Maven)', () => {
  testSecurity(backends);
});

describe('a machine without what local servers need', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('is told about Maven, and how to install it', async () => {
    const bare = { PATH: '/nowhere' };
    expect(whatLocalLacks(bare)).toContain('sudo apt-get install maven');
    const { kafka, openSearch } = await chooseBackends({ ...bare, TEST_BACKENDS: 'local' });
    await expect(kafka()).rejects.toMatchObject({ name: 'MissingTool' });
    await expect(openSearch()).rejects.toMatchObject({ name: 'MissingTool' });
  });

  it('starts nothing when it is told so', async () => {
    const { name, kafka } = await chooseBackends({ TEST_BACKENDS: 'none' });
    expect(name).toBe('none');
    await expect(kafka()).rejects.toThrow('this run starts no such server');
  });

  it('refuses a provider that it does not know', async () => {
    await expect(chooseBackends({ TEST_BACKENDS: 'cloud' })).rejects.toThrow('local, docker, auto or none');
  });
});
