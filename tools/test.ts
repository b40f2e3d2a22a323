// `make test`: every project with the coverage floor of vitest.config.ts. `--fast`: what needs no server, without coverage.
// Whatever happens, the last line is the sum.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isGood, summarize, summaryLines, type VitestReport } from './test-run/summarize.ts';

/** Projects that start PostgreSQL or whole processes. */
const NEED_SERVERS = ['e2e', 'store', 'logstore', 'postgres-server', 'standalone'];
const REPORT_FILE = '.cache/test-report.json';

const scope = process.argv.includes('--fast') ? NEED_SERVERS.map((name) => `--project=!${name}`) : ['--coverage'];
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT_FILE}`];

rmSync(REPORT_FILE, { force: true });
const vitest = spawn('vitest', ['run', ...reporters, ...scope], { stdio: 'inherit' });
const [exitCode] = (await once(vitest, 'exit')) as [number | null];

const summary = summarize(readReport());
if (exitCode !== 0 && isGood(summary))
  console.log('failed besides the tests: see the messages above (coverage floor?)');
console.log(`\n${summaryLines(summary).join('\n')}`);
process.exitCode = exitCode === 0 && isGood(summary) ? 0 : 1;

function readReport(): VitestReport {
  if (existsSync(REPORT_FILE)) return JSON.parse(readFileSync(REPORT_FILE, 'utf8')) as VitestReport;
  console.log('the test runner ended without a report');
  return { testResults: [] };
}
