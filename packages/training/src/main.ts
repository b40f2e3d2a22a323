/** `main.ts train|evaluate`; each explains itself with --help. */
import { evaluateCommand } from './evaluate-command.ts';
import { trainCommand } from './train-command.ts';

const commands = new Map([
  ['train', trainCommand],
  ['evaluate', evaluateCommand],
]);

const [name, ...args] = process.argv.slice(2);
try {
  await (commands.get(name ?? '') ?? evaluateCommand)(args, { say: (line) => console.log(line) });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
