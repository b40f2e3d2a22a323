// What a node needs of the system. Installed as root on Debian when it is missing, and said so; refused elsewhere.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { MissingTool } from '@chatwarden/testkit/backends';

/** A file of each package. */
const PACKAGES: Readonly<Record<string, string>> = {
  containerd: '/usr/bin/containerd',
  runc: '/usr/sbin/runc',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  iproute2: '/usr/sbin/ip',
  mount: '/usr/bin/umount',
  // kubelet looks for it, even when it is told to make no rules.
  iptables: '/usr/sbin/iptables',
};

/** Throws MissingTool, with what to do, where a node can't run. */
export function seeToPackages(say: (line: string) => void): void {
  if (process.platform !== 'linux') throw new MissingTool('a node needs Linux, with its namespaces and control groups');
  if (process.getuid?.() !== 0) throw new MissingTool('a node needs root: sudo make test-cluster');
  const missing = Object.keys(PACKAGES).filter((name) => !existsSync(PACKAGES[name] ?? ''));
  if (missing.length === 0) return;
  const command = `apt-get install --yes --no-install-recommends ${missing.join(' ')}`;
  if (!existsSync('/etc/debian_version')) {
    throw new MissingTool(`a node needs what these packages of Debian hold, at the same places: ${missing.join(', ')}`);
  }
  say(`installing what the node needs: ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `apt-get update && ${command}`], { env, encoding: 'utf8' });
  if (status !== 0)
    throw new MissingTool(`${command} failed:\n${`${stdout}${stderr}`.split('\n').slice(-10).join('\n')}`);
}
