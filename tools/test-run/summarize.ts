// Counts a run from vitest's own JSON report. A skipped test or suite says in its name what it needs, so that its name
// reads well when it runs and gives the reason when it does not: `describe.skipIf(!docker)('Kafka adapter (needs Docker)')`.

import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What is read of the report; it has more. */
export interface VitestReport {
  testResults: {
    name: string;
    status: 'passed' | 'failed';
    message: string;
    assertionResults: {
      fullName: string;
      status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
      failureMessages?: string[];
    }[];
  }[];
}

export interface Summary {
  passed: number;
  /** Failed tests, and files that failed outside of any test. */
  failed: { name: string; message: string }[];
  skipped: { name: string; reason: string | undefined }[];
}

export function summarize({ testResults }: VitestReport): Summary {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: testResults.flatMap(failuresOf),
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ name: fullName, reason: reasonIn(fullName) })),
  };
}

/**
 * The lines below the tests: each skipped test with its reason, each failed one with where it is and what went wrong first,
 * then the sum, always last. The failures stand here too, since of a long output people are often shown the end only.
 */
export function summaryLines({ passed, failed, skipped }: Summary): string[] {
  const failures = failed.map(({ name, message }) => `failed: ${name}: ${message}`);
  const skips = skipped.map(
    ({ name, reason }) => `skipped: ${name}: ${reason ?? 'no reason given, which fails the run'}`,
  );
  return [...skips, ...failures, `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`];
}

/** A run is good when something passed (unless `mayBeEmpty`), nothing failed and every skip has its reason. */
export function isGood({ passed, failed, skipped }: Summary, mayBeEmpty = false): boolean {
  return (passed > 0 || mayBeEmpty) && failed.length === 0 && skipped.every(({ reason }) => reason !== undefined);
}

function failuresOf(file: VitestReport['testResults'][number]): Summary['failed'] {
  const path = relative(process.cwd(), file.name);
  const failures = file.assertionResults.filter(({ status }) => status === 'failed');
  if (failures.length === 0 && file.status === 'failed') return [{ name: path, message: firstLine(file.message) }];
  return failures.map(({ fullName, failureMessages }) => ({
    name: `${path}: ${fullName}`,
    message: firstLine(failureMessages?.[0] ?? ''),
  }));
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).trim().split('\n', 1)[0] || 'see above';
}

function reasonIn(name: string): string | undefined {
  return /\((needs [^()]+)\)/.exec(name)?.[1];
}
