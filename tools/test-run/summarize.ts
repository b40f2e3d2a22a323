// Counts a run from vitest's own JSON report. A skipped test or suite says in its name what it needs, so that its name
// reads well when it runs and gives the reason when it does not: `describe.skipIf(!docker)('Kafka adapter (needs Docker)')`.

/** What is read of the report; it has more. */
export interface VitestReport {
  testResults: {
    name: string;
    status: 'passed' | 'failed';
    message: string;
    assertionResults: {
      fullName: string;
      status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
    }[];
  }[];
}

export interface Summary {
  passed: number;
  /** Failed tests, and files that failed outside of any test. */
  failed: number;
  skipped: { name: string; reason: string | undefined }[];
}

export function summarize({ testResults }: VitestReport): Summary {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + brokenFiles.length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ name: fullName, reason: reasonIn(fullName) })),
  };
}

/** The lines below the tests: each skipped test with its reason, then the sum, always last. */
export function summaryLines({ passed, failed, skipped }: Summary): string[] {
  const skips = skipped.map(
    ({ name, reason }) => `skipped: ${name}: ${reason ?? 'no reason given, which fails the run'}`,
  );
  return [...skips, `${passed} passed, ${failed} failed, ${skipped.length} skipped`];
}

/** A run is good when something passed (unless `mayBeEmpty`), nothing failed and every skip has its reason. */
export function isGood({ passed, failed, skipped }: Summary, mayBeEmpty = false): boolean {
  return (passed > 0 || mayBeEmpty) && failed === 0 && skipped.every(({ reason }) => reason !== undefined);
}

function reasonIn(name: string): string | undefined {
  return /\((needs [^()]+)\)/.exec(name)?.[1];
}
