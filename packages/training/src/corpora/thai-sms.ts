/** Thai SMS: "kind|text" a line. One-time passwords and operators' notices are honest; adverts and scams are not. */
import { join } from 'node:path';
import type { Labelled } from './labelled.ts';
import { readLines } from './read-lines.ts';

const FILES = [
  { file: 'ok.txt', label: 'ham' },
  { file: 'otp.txt', label: 'ham' },
  { file: 'spam.txt', label: 'spam' },
  { file: 'scam.txt', label: 'spam' },
] as const;

export async function* readThaiSms(folder: string): AsyncIterable<Labelled> {
  for (const { file, label } of FILES) {
    for await (const line of readLines(join(folder, file))) {
      yield { text: line.slice(line.indexOf('|') + 1).trim(), label, lang: 'th' };
    }
  }
}
