/** Where the node's things are: all below one folder, but for what the kernel keeps by name. One cluster at a time. */
import { join } from 'node:path';

export const NODE_NAME = 'node1';
export const BRIDGE = 'chatwarden-test';
/** The bridge's own address: what pods reach this machine by, and what servers for them listen on. */
export const GATEWAY = '10.244.0.1';
export const POD_ADDRESSES = '10.244.0.0/24';
/** The folder of kubelet's control groups, in each hierarchy of the kernel. */
export const POD_GROUPS = 'kubepods';
/** Says which cluster runs on this machine, so that what a broken run left is found. */
export const STATE_FILE = '/run/chatwarden-test-cluster.json';
/** Where kubelet, containerd and the network plugins write besides, whatever they are told. */
export const FIXED_FOLDERS = ['/var/lib/kubelet', '/var/log/containers', '/var/lib/cni', '/run/containerd'];

export interface ClusterState {
  folder: string;
  /** Of the program that started it. */
  pid: number;
  /** Those of FIXED_FOLDERS that are there through us. */
  madeFolders: string[];
}

export interface Place {
  folder: string;
  containerdSocket: string;
  /** Logs of the processes. */
  logs: string;
}

export function placeIn(folder: string): Place {
  return { folder, containerdSocket: join(folder, 'containerd.sock'), logs: join(folder, 'logs') };
}
