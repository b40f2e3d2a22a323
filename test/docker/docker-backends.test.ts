import { chooseBackends } from '@chatwarden/testkit/backends';
import { testBackends } from '@chatwarden/testkit/backends/suite';
import { describe } from 'vitest';

/** Set by run.ts where no engine can be had: what to install. */
const lacks = process.env['DOCKER_LACKS'];

describe.skipIf(lacks !== undefined)(`servers in Docker (needs ${lacks ?? 'a Docker engine'})`, () => {
  testBackends(() => chooseBackends({ TEST_BACKENDS: 'docker' }));
});
