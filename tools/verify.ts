// `make verify`: generated files in the tree are what their generators make today.
import { differences } from './generated/compare.ts';
import { GENERATORS } from './generated/generators.ts';

for (const generator of GENERATORS) {
  const diff = await differences(generator, '.');
  if (diff === '') continue;
  console.log(`${generator.name}: out of date, make it again with "make generate"\n${diff}`);
  process.exitCode = 1;
}
