/** A folder of this machine as a volume that pods of one namespace share: what a claim for many readers and writers is. */
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from '@chatwarden/testkit/backends/parts';
import type { Place } from './place.ts';

export interface SharedFolder {
  namespace: string;
  /** Of the claim. */
  name: string;
  /** Number of the user whom the folder belongs to. */
  user: number;
}

const OWNER_ONLY = 0o700;

/** Returns the folder's path. */
export async function shareFolder(
  { folder }: Place,
  kubectl: Kubectl,
  { namespace, name, user }: SharedFolder,
): Promise<string> {
  const path = join(folder, 'volumes', namespace, name);
  mkdirSync(path, { recursive: true });
  chmodSync(path, OWNER_ONLY);
  chownSync(path, user, user);
  const volumeName = `${namespace}-${name}`;
  const mode = { accessModes: ['ReadWriteMany'], storageClassName: '' };
  const storage = '64Mi';
  const items = [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: volumeName },
      spec: { ...mode, capacity: { storage }, hostPath: { path }, claimRef: { namespace, name } },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { namespace, name },
      spec: { ...mode, volumeName, resources: { requests: { storage } } },
    },
  ];
  await kubectl(['apply', '--server-side', '-f', '-'], { input: { apiVersion: 'v1', kind: 'List', items } });
  const bound = '--for=jsonpath={.status.phase}=Bound';
  await kubectl(['wait', bound, `persistentvolumeclaim/${name}`, '--namespace', namespace, '--timeout=60s']);
  return path;
}
