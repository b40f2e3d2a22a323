// Objects as YAML for people: a head of comments, no anchors, formatted like everything else in the tree.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { stringify } from 'yaml';

/** As .prettierrc.json says; `make check` looks at generated files, too. */
export const STYLE = { singleQuote: true, printWidth: 120 };

export interface YamlFile {
  path: string;
  /** Lines of the comment at its top. */
  head: readonly string[];
  objects: readonly object[];
}

export async function writeYaml(outDir: string, { path, head, objects }: YamlFile): Promise<void> {
  const comment = head.map((line) => `# ${line}\n`).join('');
  const documents = objects.map((one) => stringify(one, { aliasDuplicateObjects: false, lineWidth: 120 }));
  const text = await format(`${comment}${documents.join('---\n')}`, { parser: 'yaml', ...STYLE });
  await mkdir(dirname(join(outDir, path)), { recursive: true });
  await writeFile(join(outDir, path), text);
}
