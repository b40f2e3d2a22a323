// `make test`: every project with the coverage floor of vitest.config.ts. `--fast`: what needs no server, without coverage.
// Whatever happens, the last line is the sum. What runs in Docker is another target: test/docker/run.ts.
import { runVitest } from './test-run/run-vitest.ts';

/** Projects that start PostgreSQL or whole processes. */
const NEED_SERVERS = ['e2e', 'testkit', 'store', 'logstore', 'postgres-server', 'standalone'];

const isGood = process.argv.includes('--fast')
  ? await runVitest({ args: NEED_SERVERS.map((name) => `--project=!${name}`), env: { TEST_BACKENDS: 'none' } })
  : await runVitest({ args: ['--coverage'] });
process.exitCode = isGood ? 0 : 1;
