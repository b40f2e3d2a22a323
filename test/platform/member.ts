/** One process of a platform, with this process's environment beside its own. */
import { join } from 'node:path';
import { createServiceProcess, type ServiceProcess } from '@chatwarden/testkit/service-process';

const ROOT = join(import.meta.dirname, '../..');

export type Member = ServiceProcess;

export interface MemberOptions {
  name: string;
  /** Folder of services/, or `operator`. */
  service: string;
  env: Readonly<Record<string, string>>;
  /** Where its log goes. */
  dir: string;
}

export async function createMember({ name, service, env, dir }: MemberOptions): Promise<Member> {
  const folder = service === 'operator' ? service : join('services', service);
  const main = join(ROOT, folder, 'src/main.ts');
  return createServiceProcess({ name, main, env: { ...process.env, ...env }, logFile: join(dir, `${name}.log`) });
}
