// `make generate`: writes every generated file of the tree anew.
import { GENERATORS } from './generated/generators.ts';

for (const generator of GENERATORS) {
  await generator.generate('.');
  console.log(generator.files.join('\n'));
}
