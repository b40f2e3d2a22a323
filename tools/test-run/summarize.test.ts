import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isGood, summarize, summaryLines, type VitestReport } from './summarize.ts';

type Status = VitestReport['testResults'][number]['assertionResults'][number]['status'];

function aFile(
  tests: Record<string, Status>,
  status: 'passed' | 'failed' = 'passed',
): VitestReport['testResults'][number] {
  const assertionResults = Object.entries(tests).map(([fullName, testStatus]) => ({ fullName, status: testStatus }));
  return { name: 'a.test.ts', status, message: '', assertionResults };
}

function sumOf(...testResults: VitestReport['testResults']): string | undefined {
  return summaryLines(summarize({ testResults })).at(-1);
}

describe('the sum of a test run', () => {
  it('counts passed, failed and skipped tests over all files', () => {
    const failing = aFile({ c: 'failed', d: 'passed' }, 'failed');
    expect(sumOf(aFile({ a: 'passed', 'b (needs Docker)': 'skipped' }), failing)).toBe('2 passed, 1 failed, 1 skipped');
  });

  it('counts a file that fails before its first test as one failure', () => {
    expect(sumOf(aFile({ a: 'passed' }), aFile({}, 'failed'))).toBe('1 passed, 1 failed, 0 skipped');
  });

  it('lists every failed test with its file and the first line of what went wrong', () => {
    const broken: VitestReport['testResults'] = [
      {
        name: join(process.cwd(), 'packages/bus/a.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [
          {
            fullName: 'the bus keeps order',
            status: 'failed',
            failureMessages: ['\u001b[31mError: 2, not 1\u001b[39m\n  at x'],
          },
        ],
      },
      { ...aFile({}, 'failed'), message: 'SyntaxError: what?' },
    ];
    expect(summaryLines(summarize({ testResults: broken }))).toEqual([
      'failed: packages/bus/a.test.ts: the bus keeps order: Error: 2, not 1',
      'failed: a.test.ts: SyntaxError: what?',
      '0 passed, 2 failed, 0 skipped',
    ]);
  });

  it('lists every skipped test with the need in its own name or in its suite', () => {
    const skips = { 'Kafka adapter (needs Docker) keeps order': 'skipped', 'later maybe': 'todo' } as const;
    expect(summaryLines(summarize({ testResults: [aFile(skips)] }))).toEqual([
      'skipped: Kafka adapter (needs Docker) keeps order: needs Docker',
      'skipped: later maybe: no reason given, which fails the run',
      '0 passed, 0 failed, 2 skipped',
    ]);
  });
});

describe('a test run is good', () => {
  const good = (...testResults: VitestReport['testResults']) => isGood(summarize({ testResults }));

  it('when tests passed and every skip has a reason', () => {
    expect(good(aFile({ a: 'passed', 'b (needs Docker)': 'skipped' }))).toBe(true);
  });

  it('but not without a single passed test', () => {
    expect(good()).toBe(false);
    expect(good(aFile({ 'b (needs Docker)': 'skipped' }))).toBe(false);
  });

  it('but not with a failure, a broken file or a skip without a reason', () => {
    expect(good(aFile({ a: 'passed', b: 'failed' }, 'failed'))).toBe(false);
    expect(good(aFile({ a: 'passed' }), aFile({}, 'failed'))).toBe(false);
    expect(good(aFile({ a: 'passed', b: 'skipped' }))).toBe(false);
  });
});
