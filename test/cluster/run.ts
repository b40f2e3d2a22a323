// `make test-cluster`: a Kubernetes that runs pods on this machine, and what must be true on it. Needs root and Debian, and
// installs what is missing. The first run builds Kubernetes and KEDA, which takes half an hour on two cores. The last line
// is the sum, as in `make test`.
import { createDatabase, migrate } from '@chatwarden/store';
import { MissingTool } from '@chatwarden/testkit/backends';
import { ACCEPTANCE, endAcceptance, IMAGES, type Acceptance } from './acceptance.ts';
import { explain } from './explain.ts';
import { startCluster } from './start-cluster.ts';
import { runSteps, type Outcome } from './timeline.ts';

async function run(): Promise<Outcome> {
  const cluster = await startCluster({ images: IMAGES });
  try {
    const databaseUrl = await createDatabase(cluster.postgres.url, { name: 'chatwarden_cluster' });
    await migrate(databaseUrl);
    const acceptance: Acceptance = { cluster, databaseUrl };
    try {
      return await runSteps(ACCEPTANCE, acceptance, { say: console.log, explain: () => explain(cluster) });
    } finally {
      await endAcceptance(acceptance);
    }
  } finally {
    await cluster.remove();
  }
}

const outcome = await run().catch((error: unknown) => {
  if (!(error instanceof MissingTool)) throw error;
  console.log(`skipped: ${error.message}`);
  return { passed: 0, failed: 0, skipped: ACCEPTANCE.length };
});
console.log(`\n${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`);
process.exit(outcome.failed > 0 ? 1 : 0);
