// `make check`: everything CI asks of a change besides its tests. The steps are the list below; `make fix` repairs some.
import { runSteps, type Step } from './check/run-steps.ts';
import { runCommand } from './run-command.ts';

const STEPS: readonly Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '--noEmit', '--project', '.'] },
  {
    name: 'imports',
    command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages', 'services', 'operator', 'test', 'tools'],
  },
  { name: 'names of files and folders', command: ['node', 'tools/tree-names.ts'] },
  { name: 'unused code and dependencies', command: ['knip', '--no-progress', '--no-config-hints'] },
  { name: 'regular expressions', command: ['node', 'tools/regex-safety.ts'] },
  { name: 'generated files', command: ['node', 'tools/verify.ts'] },
];

const failed = await runSteps(STEPS, {
  run: (command) => runCommand(command),
  print: console.log,
  nowMs: () => performance.now(),
});
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
