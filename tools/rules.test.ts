// Proves that every import rule and every lint rule of ours fires: one fixture tree holds one violation of each.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cruiserConfig from '../.dependency-cruiser.mjs';
import { createFixtureTree } from './rules/fixture-tree.ts';
import { runCommand } from './run-command.ts';

const BIN = join(import.meta.dirname, '../node_modules/.bin');

/** Rule of .dependency-cruiser.mjs, the file that breaks it, and what that file imports. */
const IMPORT_VIOLATIONS: readonly [rule: string, file: string, imported: string][] = [
  ['contracts-imports-nothing-of-ours', 'packages/contracts/src/a.ts', '@chatwarden/keys'],
  ['keys-imports-only-contracts', 'packages/keys/src/a.ts', '@chatwarden/store'],
  ['detector-imports-only-contracts', 'packages/detector/src/a.ts', '@chatwarden/daemon'],
  ['bus-imports-only-contracts', 'packages/bus/src/a.ts', '@chatwarden/store'],
  ['store-imports-only-contracts', 'packages/store/src/a.ts', '@chatwarden/postgres-server'],
  ['kube-imports-only-contracts', 'packages/kube/src/a.ts', '@chatwarden/daemon'],
  ['daemon-imports-only-contracts', 'packages/daemon/src/a.ts', '@chatwarden/keys'],
  ['training-imports-only-contracts-and-detector', 'packages/training/src/a.ts', '@chatwarden/store'],
  ['logstore-imports-only-contracts-and-store', 'packages/logstore/src/a.ts', '@chatwarden/bus'],
  ['postgres-server-imports-only-contracts', 'packages/postgres-server/src/a.ts', '@chatwarden/store'],
  ['operator-imports-no-service', 'operator/src/a.ts', '@chatwarden/bot'],
  ['runtime-knows-no-telegram', 'operator/src/runtime/a.ts', '@chatwarden/store'],
  ['desired-is-pure', 'operator/src/desired/a.ts', '@chatwarden/store'],
  ['pg-has-one-door', 'packages/testkit/src/pg.ts', 'pg'],
  ['grammy-has-one-door', 'services/alertd/src/grammy.ts', 'grammy'],
  ['kafkajs-has-one-door', 'services/alertd/src/kafka.ts', 'kafkajs'],
  ['opensearch-has-one-door', 'services/alertd/src/search.ts', '@opensearch-project/opensearch'],
  ['kubernetes-client-has-one-door', 'services/alertd/src/kube.ts', '@kubernetes/client-node'],
  ['packages-import-no-service', 'packages/testkit/src/service.ts', '@chatwarden/bot'],
  ['services-import-no-service', 'services/alertd/src/bot.ts', '@chatwarden/bot'],
  ['standalone-imports-wire-and-config-only', 'services/standalone/src/a.ts', '../../bot/src/plan.ts'],
  ['fake-telegram-imports-nothing-of-ours', 'packages/fake-telegram/src/a.test.ts', '@chatwarden/contracts'],
  ['fake-telegram-only-for-demo-and-tests', 'services/bot/src/fake.ts', '@chatwarden/fake-telegram'],
  ['testkit-only-in-tests', 'services/bot/src/kit.ts', '@chatwarden/testkit'],
  ['tests-are-not-imported', 'services/bot/src/plan.ts', './plan.test.ts'],
  ['detector-is-pure', 'packages/detector/src/file.ts', 'node:fs'],
  ['no-circular-imports', 'services/bot/src/one.ts', './two.ts'],
  ['imports-resolve', 'services/bot/src/nowhere.ts', './nothing-here.ts'],
];

/** Imports that must stay allowed. */
const ALLOWED_IMPORTS: readonly [file: string, imported: string][] = [
  ['packages/keys/src/fine.ts', '@chatwarden/contracts'],
  ['packages/keys/src/fine.test.ts', '@chatwarden/testkit'],
  ['packages/bus/src/port.suite.ts', '@chatwarden/testkit'],
  ['packages/fake-telegram/src/grammy.test.ts', 'grammy'],
  ['packages/fake-telegram/examples/a-bot.ts', 'grammy'],
  ['services/standalone/src/fine.ts', '@chatwarden/bot'],
  ['services/standalone/src/demo.ts', '@chatwarden/fake-telegram'],
  ['services/bot/src/fake.test.ts', '@chatwarden/fake-telegram'],
];

/** Rule of .oxlintrc.json, the file that breaks it, and the code that does. */
const LINT_VIOLATIONS: readonly [rule: string, file: string, code: string][] = [
  ['eslint(max-lines)', 'services/bot/src/long.ts', 'export {};\n'.repeat(301)],
  ['eslint(max-lines)', 'services/bot/src/main.ts', 'export {};\n'.repeat(20)],
  [
    'eslint(max-lines-per-function)',
    'services/bot/src/long-function.ts',
    `export function f() {\n${'  f();\n'.repeat(70)}}\n`,
  ],
  ['eslint(max-params)', 'services/bot/src/params.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];\n'],
  [
    'eslint(max-depth)',
    'services/bot/src/deep.ts',
    'export function f(a: number) {\n  if (a) { if (a > 1) { if (a > 2) { if (a > 3) f(0); } } }\n}\n',
  ],
  ['import(no-default-export)', 'services/bot/src/default.ts', 'export default 1;\n'],
  ['node(no-process-env)', 'services/bot/src/settings.ts', 'export const port = process.env.PORT;\n'],
  ['eslint(no-restricted-properties)', 'packages/detector/src/clock.ts', 'export const now = Date.now();\n'],
  ['eslint(no-restricted-properties)', 'packages/detector/src/dice.ts', 'export const roll = Math.random();\n'],
  ['eslint(no-restricted-globals)', 'packages/detector/src/print.ts', 'console.log(1);\n'],
  ['typescript(no-floating-promises)', 'services/bot/src/floating.ts', 'Promise.resolve(1);\nexport {};\n'],
  ['typescript(no-explicit-any)', 'services/bot/src/any.ts', 'export const a: any = 1;\n'],
];

/** Code that must stay allowed, though the same lines are refused elsewhere. */
const ALLOWED_CODE: Record<string, string> = {
  'services/bot/src/config.ts': 'export const port = process.env.PORT;\n',
  'services/alertd/src/clock.ts': 'export const now = Date.now();\n',
  'packages/detector/src/clock.test.ts': 'export const now = Date.now();\n',
  'vitest.config.ts': 'export default {};\n',
};

let root: string;
beforeAll(async () => {
  const imports = [...IMPORT_VIOLATIONS.map(([, ...rest]) => rest), ...ALLOWED_IMPORTS];
  root = await createFixtureTree({
    ...Object.fromEntries(imports.map(([file, imported]) => [file, `import '${imported}';\n`])),
    'services/bot/src/plan.test.ts': 'export {};\n',
    'services/bot/src/two.ts': "import './one.ts';\n",
    ...Object.fromEntries(LINT_VIOLATIONS.map(([, file, code]) => [file, code])),
    ...ALLOWED_CODE,
  });
});
afterAll(() => rm(root, { recursive: true }));

describe('import rules', () => {
  let fired: { rule: string; file: string }[];
  beforeAll(async () => {
    const cruise = [join(BIN, 'depcruise'), '--config', '.dependency-cruiser.mjs', '--output-type', 'json'] as const;
    const { output } = await runCommand([...cruise, 'packages', 'services', 'operator'], { cwd: root });
    const { summary } = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    fired = summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from }));
  });

  it('are all tried by a violation', () => {
    const tried = new Set(IMPORT_VIOLATIONS.map(([rule]) => rule));
    expect([...tried].sort()).toEqual(cruiserConfig.forbidden.map(({ name }) => name).sort());
  });

  it.each(IMPORT_VIOLATIONS)('%s fires on %s importing %s', (rule, file) => {
    expect(fired).toContainEqual({ rule, file });
  });

  it.each(ALLOWED_IMPORTS)('let %s import %s', (file) => {
    const rules = fired.filter((violation) => violation.file === file).map(({ rule }) => rule);
    // Outside libraries are not installed in the fixture.
    expect(rules.filter((rule) => rule !== 'imports-resolve')).toEqual([]);
  });
});

describe('lint rules', () => {
  let fired: { rule: string; file: string }[];
  beforeAll(async () => {
    const lint = [join(BIN, 'oxlint'), '--type-aware', '--format', 'json'] as const;
    const { output } = await runCommand([...lint, 'packages', 'services', 'vitest.config.ts'], { cwd: root });
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    fired = diagnostics.map(({ code, filename }) => ({ rule: code, file: filename }));
  });

  it.each(LINT_VIOLATIONS)('%s fires on %s', (rule, file) => {
    expect(fired).toContainEqual({ rule, file });
  });

  it.each(Object.keys(ALLOWED_CODE))('let %s do what others may not', (file) => {
    expect(fired.filter((violation) => violation.file === file)).toEqual([]);
  });
});
