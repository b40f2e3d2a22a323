import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isGood, summarize, summaryLines, type VitestReport } from './summarize.ts';

const REPORT_FILE = '.cache/test-report.json';

export interface Run {
  /** What vitest is told besides how to report. */
  args: readonly string[];
  /** Over our own environment. */
  env?: Record<string, string>;
  /** Whether a run of nothing but skips is a good one. */
  mayBeEmpty?: boolean;
}

/** Runs the tests, prints the sum as the last line, and returns whether all is well. */
export async function runVitest({ args, env = {}, mayBeEmpty = false }: Run): Promise<boolean> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT_FILE}`];
  rmSync(REPORT_FILE, { force: true });
  const vitest = spawn('vitest', ['run', ...reporters, ...args], { stdio: 'inherit', env: { ...process.env, ...env } });
  const [exitCode] = (await once(vitest, 'exit')) as [number | null];
  const summary = summarize(readReport());
  const good = isGood(summary, mayBeEmpty);
  if (exitCode !== 0 && good) console.log('failed besides the tests: see the messages above (coverage floor?)');
  console.log(`\n${summaryLines(summary).join('\n')}`);
  return exitCode === 0 && good;
}

function readReport(): VitestReport {
  if (existsSync(REPORT_FILE)) return JSON.parse(readFileSync(REPORT_FILE, 'utf8')) as VitestReport;
  console.log('the test runner ended without a report');
  return { testResults: [] };
}
