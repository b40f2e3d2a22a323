import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Owner {
  process: ChildProcess;
  /** The next line with that key, and what it holds. */
  next<T>(key: string): Promise<T>;
  /** SIGKILL, then waits for the exit. */
  kill(): Promise<void>;
}

/** Starts `owner-process.ts` on a data folder, in a process group of its own. */
export function anOwner(dataDir: string): Owner {
  const script = fileURLToPath(new URL('./owner-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(key: string): Promise<T> => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const value = JSON.parse(line.value) as Record<string, unknown>;
      if (key in value) return value as T;
    }
    throw new Error(`the owner ended without printing ${key}`);
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return { process: child, next, kill };
}
