/** A corpus is a file, or a folder whose .jsonl and .csv files are taken one by one. */
import { Failure } from '@chatwarden/contracts';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const READABLE = /\.(?:jsonl|csv)$/i;

export interface CorpusFiles {
  files: string[];
  /** In a folder what cannot be read is passed over; a single file must be readable. */
  passOver: boolean;
}

/** @throws Error that names what is missing. */
export async function listFiles(path: string): Promise<CorpusFiles> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new Failure('noCorpus', 'never', { message: `CORPUS: there is no file or folder ${path}` });
  }
  if (!found.isDirectory()) return { files: [path], passOver: false };
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && READABLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  if (files.length === 0) throw new Error(`CORPUS: there is no .jsonl or .csv file in ${path}`);
  return { files, passOver: true };
}
