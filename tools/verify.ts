// `make verify`: generated files in the tree are what their generators make today.
// Add a generator as one entry: { name, generate: writes below a folder it is given, files: what it writes }.
import { differences, type Generator } from './generated/compare.ts';

const GENERATORS: readonly Generator[] = [];

for (const generator of GENERATORS) {
  const diff = await differences(generator, '.');
  if (diff === '') continue;
  console.log(`${generator.name}: out of date, generate it again\n${diff}`);
  process.exitCode = 1;
}
