/**
 * Who may import whom. Every rule has a name and a comment that says why; tools/rules.test.ts proves that each one fires.
 * Paths are real paths in the tree: workspace links in node_modules are followed.
 */

/** Files that only tests load. */
const TESTS = ['\\.test\\.ts$', '\\.suite\\.ts$', '^(packages|services)/[^/]+/test/', '^test/'];

/** Packages of ours that each package's production code may import. A package not named here may import none. */
const MAY_IMPORT = {
  contracts: [],
  keys: ['contracts'],
  detector: ['contracts'],
  bus: ['contracts'],
  store: ['contracts'],
  kube: ['contracts'],
  daemon: ['contracts'],
  training: ['contracts', 'detector'],
  logstore: ['contracts', 'store'],
  'postgres-server': ['contracts'],
};

/** Outside libraries with one door each: the folders whose code may import them. */
const DOORS = {
  pg: { packages: ['pg', '@types/pg', 'node-pg-migrate'], door: '^packages/store/' },
  grammy: {
    packages: ['grammy'],
    door: '^(services/bot/|packages/fake-telegram/.+\\.test\\.ts$|packages/fake-telegram/test/)',
  },
  kafkajs: { packages: ['kafkajs'], door: '^packages/bus/' },
  opensearch: { packages: ['@opensearch-project/opensearch'], door: '^packages/logstore/' },
  'kubernetes-client': { packages: ['@kubernetes/client-node'], door: '^packages/kube/' },
};

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const packageRules = Object.entries(MAY_IMPORT).map(([name, allowed]) =>
  error(
    allowed.length === 0 ? `${name}-imports-nothing-of-ours` : `${name}-imports-only-${allowed.join('-and-')}`,
    `What stands below must not know what stands above: ${name} may import ${allowed.join(' and ') || 'no package of ours'}.`,
    { path: `^packages/${name}/`, pathNot: TESTS },
    { path: '^(packages|services)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
  ),
);

const doorRules = Object.entries(DOORS).map(([name, { packages, door }]) =>
  error(
    `${name}-has-one-door`,
    `One door per outside system: only ${door} may import ${packages.join(', ')}.`,
    { pathNot: door },
    { path: packages.map((library) => `(^|node_modules/)${library}(/|$)`), pathNot: '^(packages|services)/' },
  ),
);

const treeRules = [
  error(
    'packages-import-no-service',
    'Packages are what services are made of, never the other way round.',
    { path: '^packages/' },
    { path: '^services/' },
  ),
  error(
    'services-import-no-service',
    'Services talk over the bus and the store, so that each can run alone.',
    { path: '^services/(?!standalone/)([^/]+)/' },
    { path: '^services/', pathNot: '^services/$1/' },
  ),
  error(
    'standalone-imports-wire-and-config-only',
    'Standalone composes services from outside: it sees their wire.ts and config.ts, through their index.ts.',
    { path: '^services/standalone/' },
    { path: '^services/(?!standalone/)', pathNot: '^services/[^/]+/src/(index|wire|config)\\.ts$' },
  ),
  error(
    'fake-telegram-imports-nothing-of-ours',
    'The fake is a product of its own: other bots use it without Chatwarden. Its tests obey as well.',
    { path: '^packages/fake-telegram/' },
    { path: '^(packages|services)/', pathNot: '^packages/fake-telegram/' },
  ),
  error(
    'fake-telegram-only-for-demo-and-tests',
    'No process that faces real groups may depend on the fake.',
    { pathNot: ['^packages/(fake-telegram|testkit)/', '^services/standalone/', ...TESTS] },
    { path: '^packages/fake-telegram/' },
  ),
  error(
    'testkit-only-in-tests',
    'Builders and test backends stay out of production code.',
    { pathNot: ['^packages/testkit/', ...TESTS] },
    { path: '^packages/testkit/' },
  ),
  error(
    'tests-are-not-imported',
    'A test file is run, never imported; what tests share belongs in testkit or in a suite.',
    {},
    { path: '\\.test\\.ts$' },
  ),
  error(
    'detector-is-pure',
    'The detector does no I/O, so that the portal can replay it and a test needs nothing: no module of Node.',
    { path: '^packages/detector/src/', pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  error('no-circular-imports', 'A cycle means that two files are one.', {}, { circular: true }),
  error(
    'imports-resolve',
    'An import that leads nowhere would escape every other rule.',
    {},
    { couldNotResolve: true },
  ),
];

export default {
  forbidden: [...packageRules, ...doorRules, ...treeRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type imports count: a type known is a thing known.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  },
};
