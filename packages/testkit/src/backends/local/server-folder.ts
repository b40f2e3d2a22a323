import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server may run as another user, who has to get through. */
const SEARCHABLE_BY_ALL = 0o711;

/** A new folder for one server, below the system's folder for temporary files. */
export function makeServerFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `chatwarden-test-${name}-`));
  chmodSync(folder, SEARCHABLE_BY_ALL);
  return folder;
}
