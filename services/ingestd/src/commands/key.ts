import { makeKey } from '../keys/make-key.ts';

const USAGE = `Makes an API key: node src/main.ts key [--moderation] <service>...

Prints the key, which is shown this once, and the entry for the list "keys" of INGEST_KEYS_FILE.
A service "*" is any. --moderation lets it write alertd's own documents, for alertd's journal.
`;

export interface Output {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** Returns the exit code. */
export function key(args: readonly string[], { stdout, stderr }: Output): number {
  const services = args.filter((arg) => !arg.startsWith('--'));
  const options = args.filter((arg) => arg.startsWith('--'));
  if (options.includes('--help')) {
    stdout.write(USAGE);
    return 0;
  }
  if (services.length === 0 || options.some((option) => option !== '--moderation')) {
    stderr.write(USAGE);
    return 2;
  }
  const made = makeKey(services, options.length > 0 ? { moderation: true } : {});
  stdout.write(`${made.key}\n${JSON.stringify(made.entry)}\n`);
  return 0;
}
