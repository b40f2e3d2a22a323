// `make test-docker`: the test servers by Testcontainers, and the adapters' suites on them. Uses the Docker engine that
// answers, or starts one for this run; images that can't be pulled are replaced by stand-ins (packages/testkit). Where no
// engine can be had the suite is skipped with the reason. The last line is the sum, as in `make test`.
import { ensureImages, useEngine } from '@chatwarden/testkit/stand-ins';
import { runVitest } from '../../tools/test-run/run-vitest.ts';

/** OpenSearch with its security plugin, where only stand-ins of its image are to be had. */
const SECURED = '**/security.test.ts';
/** Kafka with TLS, logins and ACLs: docs/backlog/kafka.md. */
const LOCAL_ONLY = '**/secured.test.ts';
/** Those whose tests ask for a server of the test backends. */
const ON_SERVERS = ['bus', 'logstore', 'store'];

const found = await useEngine(process.env);
if ('lacks' in found) {
  const env = { TEST_DOCKER: 'yes', DOCKER_LACKS: found.lacks };
  const isGood = await runVitest({ args: ['--project=docker'], env, mayBeEmpty: true });
  process.exitCode = isGood ? 0 : 1;
} else {
  const { host, stop } = found.engine;
  if (host !== undefined) process.env['DOCKER_HOST'] = host;
  try {
    const { standIns } = await ensureImages({ env: process.env, say: console.log });
    // Its own image is one more that can't be pulled; what it cleans up ends with our own engine.
    const env = {
      TEST_DOCKER: 'yes',
      TEST_BACKENDS: 'docker',
      ...(standIns && { TESTCONTAINERS_RYUK_DISABLED: 'true' }),
    };
    const args = [...['docker', ...ON_SERVERS].map((name) => `--project=${name}`), `--exclude=${LOCAL_ONLY}`];
    console.log(`${LOCAL_ONLY}: left to make test, where its server is a local process`);
    if (standIns) {
      console.log(`${SECURED}: left to make test, where the same server is a local process; its image has no stand-in`);
      args.push(`--exclude=${SECURED}`);
    }
    const isGood = await runVitest({ args, env });
    process.exitCode = isGood ? 0 : 1;
  } finally {
    await stop();
  }
}
