import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/** Per package, in percent. A file that no test loads counts as not covered. */
const COVERAGE_FLOOR = { lines: 80, branches: 80 };

/** For machines that are busy with something else: no test needs a tenth of it. */
const TIMEOUT_MS = 30_000;

/** Projects whose tests ask for a database (createTestDatabase of testkit); they share one server. */
const NEED_POSTGRES = new Set(['store', 'logstore', 'api', 'bot', 'alertd', 'ingestd', 'operator', 'e2e']);
/** Projects whose tests ask for Kafka or OpenSearch (testKafka, testOpenSearch of testkit), likewise. */
const NEED_KAFKA = new Set(['bus', 'alertd', 'ingestd', 'operator', 'e2e']);
const NEED_OPENSEARCH = new Set(['logstore', 'ingestd', 'e2e']);
/** Projects whose tests ask for Kubernetes (testKubernetes of testkit), likewise. */
const NEED_KUBERNETES = new Set(['kube', 'operator', 'testkit']);

/**
 * Set by test/docker/run.ts, which sees to an engine and images. Not a filter of `make test`: with any filter of projects
 * vitest measures no coverage of what this file includes, and the floor would hold for nothing.
 */
const WITH_DOCKER = process.env['TEST_DOCKER'] !== undefined;

const setups = (name: string) =>
  [
    NEED_POSTGRES.has(name) && 'postgres',
    NEED_KAFKA.has(name) && 'kafka',
    NEED_OPENSEARCH.has(name) && 'opensearch',
    NEED_KUBERNETES.has(name) && 'kubernetes',
  ]
    .filter((server) => server !== false)
    .map((server) => `${root}/packages/testkit/src/vitest-${server}.ts`);

/** Every folder of packages/ and services/ that has sources is one project, named after its folder; so is operator/. */
const workspaces = [
  ...['packages', 'services'].flatMap((parent) =>
    readdirSync(`${root}/${parent}`)
      .filter((name) => existsSync(`${root}/${parent}/${name}/src`))
      .map((name) => ({ name, folder: `${parent}/${name}` })),
  ),
  { name: 'operator', folder: 'operator' },
];

export default defineConfig({
  test: {
    // Tests wait for servers more than they compute: one a core, where vitest leaves a core free.
    maxWorkers: availableParallelism(),
    projects: [
      ...workspaces.map(({ name, folder }) => ({
        test: {
          name,
          root: `${root}/${folder}`,
          include: ['{src,test,examples}/**/*.test.ts'],
          testTimeout: TIMEOUT_MS,
          hookTimeout: TIMEOUT_MS,
          globalSetup: setups(name),
        },
      })),
      { test: { name: 'tools', include: ['tools/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,chaos,load,cluster}/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          globalSetup: setups('e2e'),
        },
      },
      ...(WITH_DOCKER ? [{ test: { name: 'docker', include: ['test/docker/**/*.test.ts'] } }] : []),
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'html', 'json-summary'],
      include: ['packages/*/src/**/*.ts', 'services/*/src/**/*.ts', 'operator/src/**/*.ts'],
      // Entry points run in processes of their own, barrels hold no logic, suites and tests are not what is covered.
      // The shared servers of the tests belong to vitest's own process, where nothing is measured.
      // How much of the backends runs depends on the machine: its Java, its Docker, and whether its cache is cold.
      exclude: [
        'packages/testkit/src/backends/**',
        'packages/testkit/src/stand-ins/**',
        'packages/testkit/src/shared-*.ts',
        'packages/testkit/src/vitest-*.ts',
        '**/src/main.ts',
        '**/src/index.ts',
        '**/*.test.ts',
        '**/*.suite.ts',
        '**/generated/**',
      ],
      thresholds: Object.fromEntries(workspaces.map(({ folder }) => [`${folder}/src/**/*.ts`, COVERAGE_FLOOR])),
    },
  },
});
