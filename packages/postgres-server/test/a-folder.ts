import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A temporary folder that the server's account can enter, gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-server-'));
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A shell script that stands in for a program of PostgreSQL. */
export function aProgram(script: string): string {
  const file = join(aFolder(), 'program');
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}
