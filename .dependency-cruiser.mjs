/**
 * Who may import whom. Every rule has a name and a comment that says why; tools/rules.test.ts proves that each one fires.
 * Paths are real paths in the tree: workspace links in node_modules are followed.
 */

/** Files that only tests and benchmarks load; a suite is a contract that several adapters run. */
const TESTS = [
  '\\.test\\.ts$',
  '\\.suite\\.ts$',
  '^(packages|services)/[^/]+/(test|bench)/',
  '^operator/test/',
  '^test/',
];

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

/** Outside libraries with one door each: the only folders whose code may import them. */
const DOORS = {
  pg: {
    libraries: ['pg', '@types/pg', 'node-pg-migrate'],
    // The server's own tests ask the server they started.
    doors: ['^packages/store/', '^packages/postgres-server/(test/|.+\\.test\\.ts$)'],
  },
  // The fake's tests and examples prove that grammY cannot tell it from the real API.
  grammy: {
    libraries: ['grammy'],
    doors: ['^services/bot/', '^packages/fake-telegram/((test|examples)/|.+\\.test\\.ts$)'],
  },
  // The test servers are proven, and given ACLs, by a client that is not ours.
  kafkajs: {
    libraries: ['kafkajs'],
    doors: ['^packages/bus/', '^packages/testkit/.+(\\.suite|/kafka-acls)\\.ts$'],
  },
  opensearch: { libraries: ['@opensearch-project/opensearch'], doors: ['^packages/logstore/'] },
  'kubernetes-client': { libraries: ['@kubernetes/client-node'], doors: ['^packages/kube/'] },
};

const packageRules = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: allowed.length === 0 ? `${name}-imports-nothing-of-ours` : `${name}-imports-only-${allowed.join('-and-')}`,
  comment: `What stands below must not know what stands above: ${name} may import ${allowed.join(' and ') || 'no package of ours'}.`,
  from: { path: `^packages/${name}/`, pathNot: TESTS },
  to: { path: '^(packages|services)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

/** What only part of the operator may know. */
const operatorRules = [
  {
    name: 'operator-imports-no-service',
    comment: 'The operator steers by the store, by topics and by objects of Kubernetes, and holds no Telegram token.',
    from: { path: '^operator/', pathNot: TESTS },
    to: { path: '^(packages|services)/', pathNot: '^packages/(contracts|daemon|bus|store|kube)/' },
  },
  {
    name: 'runtime-knows-no-telegram',
    comment: 'The runtime is a library for any controller.',
    from: { path: '^operator/src/runtime/', pathNot: TESTS },
    to: { path: '^(operator|packages)/', pathNot: '^(operator/src/runtime|packages/(contracts|kube|daemon))/' },
  },
  {
    name: 'desired-is-pure',
    comment: 'What should be there is built from values alone, so that a test compares whole objects.',
    from: { path: '^operator/src/desired/', pathNot: TESTS },
    to: { path: '^(operator|packages)/', pathNot: '^(operator/src/desired|packages/(contracts|kube))/' },
  },
];

const doorRules = Object.entries(DOORS).map(([name, { libraries, doors }]) => ({
  name: `${name}-has-one-door`,
  comment: `One door per outside system: only ${doors[0]} may import ${libraries.join(', ')}.`,
  from: { pathNot: doors },
  to: { path: libraries.map((library) => `(^|node_modules/)${library}(/|$)`), pathNot: '^(packages|services)/' },
}));

const treeRules = [
  {
    name: 'packages-import-no-service',
    comment: 'Packages are what services are made of, never the other way round.',
    from: { path: '^packages/' },
    to: { path: '^services/' },
  },
  {
    name: 'services-import-no-service',
    comment: 'Services talk over the bus and the store, so that each can run alone.',
    from: { path: '^services/(?!standalone/)([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'standalone-imports-wire-and-config-only',
    comment: 'Standalone composes services from outside: it sees their wire.ts and config.ts, through their index.ts.',
    from: { path: '^services/standalone/' },
    to: { path: '^services/(?!standalone/)', pathNot: '^services/[^/]+/src/(index|wire|config)\\.ts$' },
  },
  {
    name: 'fake-telegram-imports-nothing-of-ours',
    comment: 'The fake is a product of its own: other bots use it without Chatwarden. Its tests obey as well.',
    from: { path: '^packages/fake-telegram/' },
    to: { path: '^(packages|services)/', pathNot: '^packages/fake-telegram/' },
  },
  {
    name: 'fake-telegram-only-for-demo-and-tests',
    comment: 'No process that faces real groups may depend on the fake.',
    from: { pathNot: ['^packages/(fake-telegram|testkit)/', '^services/standalone/', ...TESTS] },
    to: { path: '^packages/fake-telegram/' },
  },
  {
    name: 'testkit-only-in-tests',
    comment: 'Builders and test backends stay out of production code.',
    from: { pathNot: ['^packages/testkit/', ...TESTS] },
    to: { path: '^packages/testkit/' },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'A test file is run, never imported; what tests have in common belongs in testkit or in a suite.',
    from: {},
    to: { path: '\\.test\\.ts$' },
  },
  {
    name: 'detector-is-pure',
    comment: 'The detector does no I/O, so that the portal can replay it and a test needs nothing: no module of Node.',
    from: { path: '^packages/detector/src/', pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'no-circular-imports',
    comment: 'A cycle means that two files are one.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'imports-resolve',
    comment: 'An import that leads nowhere would escape every other rule.',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...packageRules, ...operatorRules, ...doorRules, ...treeRules].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
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
