// Options of a script whose head comment is its help, so that neither can say what the other does not.
import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

const EXIT_USAGE = 2;

/**
 * What `script`, the path of the file that asks, was told on its command line. `--help` prints the comment that it begins
 * with and ends the process; an option that it does not have ends it with 2.
 */
export function readOptions<const T extends ParseArgsOptionsConfig>(script: string, options: T) {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(headOf(readFileSync(script, 'utf8')));
    process.exit(0);
  }
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    if (!isUsageError(error)) throw error;
    console.error(`${error.message}\n"node ${script} --help" tells what there is.`);
    process.exit(EXIT_USAGE);
  }
}

/** The first comment of a source, without its marks. */
export function headOf(source: string): string {
  const [head = ''] = /^(?:\/\/.*\n)+|^\/\*\*[^]*?\*\//.exec(source) ?? [];
  return head
    .replaceAll(/^(?:\/\*\*| \*\/| \*|\/\/) ?/gm, '')
    .replace(/\s*\*\/$/, '')
    .trim();
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
