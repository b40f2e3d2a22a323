import { runCommand } from './command-line.ts';

export const main = (args: readonly string[]): Promise<number> => runCommand(args);
