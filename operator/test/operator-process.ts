/** The operator as a cluster runs it: a process that is told all by its environment. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceProcess, type ServiceProcess } from '@chatwarden/testkit/service-process';

export interface OperatorProcess extends ServiceProcess {
  /** Whether it holds the lease, as its metrics have it. */
  leads(): Promise<boolean>;
}

const MAIN = join(import.meta.dirname, '../src/main.ts');

export async function startOperatorProcess(name: string, env: Record<string, string>): Promise<OperatorProcess> {
  const logFile = join(mkdtempSync(join(tmpdir(), 'chatwarden-operator-')), `${name}.log`);
  const started = await createServiceProcess({
    name,
    main: MAIN,
    env: { PATH: process.env['PATH'], ...env },
    logFile,
  });
  started.start();

  async function leads(): Promise<boolean> {
    const text = await started.metrics().catch(() => '');
    return /^leader_election_master_status\{[^}]*\} 1$/m.test(text);
  }

  return { ...started, leads };
}
