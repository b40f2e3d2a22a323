/** The container engine of the node, with everything of its own in the node's folder. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProcessServer } from '@chatwarden/testkit/backends/parts';
import type { Server } from '@chatwarden/testkit/backends';
import { BRIDGE, GATEWAY, POD_ADDRESSES, type Place } from './place.ts';

/** The image of what holds a pod's namespaces. */
export const PAUSE_IMAGE = 'localhost/chatwarden/pause:1';
/** The one that kubelet looks in. */
const NAMESPACE = 'k8s.io';

export function createContainerd(place: Place): Server {
  const { folder, logs } = place;
  const config = join(folder, 'containerd.toml');
  writeFileSync(config, settingsOf(place));
  mkdirSync(join(folder, 'cni'));
  writeFileSync(join(folder, 'cni', '10-bridge.conflist'), JSON.stringify(networkOf(place)));
  return createProcessServer({
    name: 'containerd',
    folder: logs,
    logName: 'containerd.log',
    program: '/usr/bin/containerd',
    args: ['--config', config],
    env: {},
    isReady: () => ctr(place, ['version']).status === 0,
  });
}

export function importImage(place: Place, archive: string): void {
  const { status, stderr } = ctr(place, ['images', 'import', archive]);
  if (status !== 0) throw new Error(`containerd does not take ${archive}: ${stderr}`);
}

function ctr({ containerdSocket }: Place, args: string[]) {
  const whole = ['--address', containerdSocket, '--namespace', NAMESPACE, ...args];
  return spawnSync('/usr/bin/ctr', whole, { encoding: 'utf8' });
}

/** Version 2 of the format, which containerd 1.6 and 1.7 read. */
function settingsOf({ folder, containerdSocket }: Place): string {
  return `version = 2
root = "${folder}/containerd"
state = "${folder}/containerd-run"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", \
"io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${folder}/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Machines that are virtual themselves may not let a process save itself from being killed for memory.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  disable_tcp_service = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${folder}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
`;
}

/** Pods reach this machine and each other, and nothing else: no rule of iptables is needed. */
function networkOf({ folder }: Place) {
  const addresses = {
    type: 'host-local',
    ranges: [[{ subnet: POD_ADDRESSES, gateway: GATEWAY }]],
    dataDir: join(folder, 'cni-addresses'),
  };
  const bridge = { type: 'bridge', bridge: BRIDGE, isGateway: true, ipMasq: false, ipam: addresses };
  return { cniVersion: '0.4.0', name: 'chatwarden-test', plugins: [bridge] };
}

/** Before the first pod, so that servers can listen on its address. */
export function makeBridge(): void {
  for (const args of [
    ['link', 'add', BRIDGE, 'type', 'bridge'],
    ['address', 'add', `${GATEWAY}/24`, 'dev', BRIDGE],
    ['link', 'set', BRIDGE, 'up'],
  ]) {
    const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
  }
}
