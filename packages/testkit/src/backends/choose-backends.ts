import { createLocalBackends, whatLocalLacks } from './local/local-backends.ts';
import { startLocalPostgres } from './local/postgres.ts';
import { MissingTool, type Backends } from './server.ts';

/**
 * By TEST_BACKENDS: `local`, `docker`, `none` (PostgreSQL alone: the tests of the others are skipped) or `auto`, the default: local where
 * Java and Maven are, since that is quicker, else Docker where an engine answers.
 */
export async function chooseBackends(env: NodeJS.ProcessEnv): Promise<Backends> {
  const wanted = env['TEST_BACKENDS'] || 'auto';
  switch (wanted) {
    case 'none':
      return NONE;
    case 'docker':
      return dockerBackends();
    case 'local':
      return createLocalBackends({ env });
    case 'auto':
      return whatLocalLacks(env) !== undefined && (await hasEngine()) ? dockerBackends() : createLocalBackends({ env });
    default:
      throw new Error(`TEST_BACKENDS is "${wanted}"; it can be local, docker, auto or none`);
  }
}

/** Loaded only when wanted: its libraries are large. */
async function dockerBackends(): Promise<Backends> {
  const { createDockerBackends } = await import('./docker/docker-backends.ts');
  return createDockerBackends();
}

async function hasEngine(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

const refuse = async () => {
  throw new MissingTool('TEST_BACKENDS=none: this run starts no such server');
};
/** PostgreSQL comes with the npm packages, and so is everywhere. */
const NONE: Backends = {
  name: 'none',
  kafka: refuse,
  openSearch: refuse,
  postgres: startLocalPostgres,
  kubernetes: refuse,
};
