import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether the command ended well. The engine is the one of DOCKER_HOST or the user's own. */
export async function docker(args: readonly string[], timeoutMs = 0): Promise<boolean> {
  return run('docker', args, { timeout: timeoutMs }).then(
    () => true,
    () => false,
  );
}

export interface Import {
  /** The root file system. */
  folder: string;
  /** Name and tag. */
  image: string;
  /** Lines as a Dockerfile has them. */
  changes: readonly string[];
}

export async function importImage({ folder, image, changes }: Import): Promise<void> {
  const tar = spawn('tar', ['--create', '--numeric-owner', '--owner=0', '--group=0', '--directory', folder, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const flags = changes.flatMap((change) => ['--change', change]);
  const cli = spawn('docker', ['import', ...flags, '-', image], { stdio: [tar.stdout, 'ignore', 'inherit'] });
  const [code] = (await once(cli, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`docker import ${image} ended with ${code}`);
}
