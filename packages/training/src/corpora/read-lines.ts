import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** One message a line; lines of nothing but space are left out. */
export async function* readLines(file: string): AsyncIterable<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line;
  }
}
