/** Files that tell a client of Kubernetes where it is, whom to trust and who one is. JSON, which is YAML too. */
import { writeFileSync } from 'node:fs';
import type { Certified } from './certificates.ts';

export interface Access {
  url: string;
  /** PEM. */
  ca: string;
  user: Certified | { token: string };
}

/** Keys stand in it. */
const OWNER_ONLY = 0o600;

export function writeKubeconfig(file: string, access: Access): string {
  writeFileSync(file, JSON.stringify(kubeconfigOf(access), null, 2), { mode: OWNER_ONLY });
  return file;
}

function kubeconfigOf({ url, ca, user }: Access) {
  const name = 'test';
  const proof =
    'token' in user
      ? { token: user.token }
      : { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': base64(ca) } }],
    users: [{ name, user: proof }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
}

function base64(pem: string): string {
  return Buffer.from(pem).toString('base64');
}
