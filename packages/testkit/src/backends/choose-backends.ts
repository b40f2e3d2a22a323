import { createLocalBackends } from './local/local-backends.ts';
import { MissingTool, type Backends } from './server.ts';

/** By TEST_BACKENDS: `local`, `docker`, `none` (tests that need a server are skipped) or `auto`, which is the default. */
export async function chooseBackends(env: NodeJS.ProcessEnv): Promise<Backends> {
  const wanted = env['TEST_BACKENDS'] || 'auto';
  if (wanted === 'local' || wanted === 'auto') return createLocalBackends({ env });
  if (wanted === 'none') return NONE;
  throw new Error(`TEST_BACKENDS is "${wanted}"; it can be local, docker, auto or none`);
}

const refuse = async () => {
  throw new MissingTool('TEST_BACKENDS=none: this run starts no servers');
};
const NONE: Backends = { name: 'none', kafka: refuse, openSearch: refuse, postgres: refuse };
