// `make test`: every project with the coverage floor of vitest.config.ts. `--fast`: what needs no server, without coverage.
// `--operator`: what runs on Kubernetes. Whatever happens, the last line is the sum. What runs in Docker is another target:
// test/docker/run.ts.
import { runVitest } from './test-run/run-vitest.ts';

/** Projects that start PostgreSQL or whole processes. */
const NEED_SERVERS = ['e2e', 'testkit', 'store', 'logstore', 'postgres-server', 'standalone'];

const RUNS = {
  '--fast': { args: NEED_SERVERS.map((name) => `--project=!${name}`), env: { TEST_BACKENDS: 'none' } },
  '--operator': { args: ['--project=kube', '--project=operator'] },
} as const;

const [asked] = process.argv.slice(2);
const run = Object.entries(RUNS).find(([name]) => name === asked)?.[1] ?? { args: ['--coverage'] };
process.exitCode = (await runVitest(run)) ? 0 : 1;
