// Generated files are made again in a folder of their own and compared, so that verifying never dirties the tree.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';

export interface Generator {
  name: string;
  /** Writes every one of `files`, with the same relative path, below `outDir`. */
  generate: (outDir: string) => Promise<void>;
  /** What it writes, relative to the root of the checkout. */
  files: readonly string[];
}

/** The differences between what stands below `root` and what the generator makes, as git shows them; empty when none. */
export async function differences({ generate, files }: Generator, root: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'chatwarden-generated-'));
  try {
    await generate(outDir);
    const shown: string[] = [];
    for (const file of files) {
      const diff = ['diff', '--no-index', '--exit-code', join(root, file), join(outDir, file)] as const;
      const { exitCode, output } = await runCommand(['git', ...diff]);
      if (exitCode !== 0) shown.push(output);
    }
    return shown.join('\n');
  } finally {
    await rm(outDir, { recursive: true });
  }
}
