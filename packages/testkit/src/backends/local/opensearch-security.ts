// What a server with TLS and users needs besides the plugin: a key with its certificate, made by Java's own keytool, and
// one user who may do everything. For servers of tests on this machine only.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Java } from './java.ts';

export interface Secrets {
  /** `key.p12`, `trust.p12`, `ca.pem`, `password`, `hash`. */
  folder: string;
  /** The unpacked security plugin. */
  plugin: string;
}

export const USERNAME = 'admin';
const NODE_NAME = 'CN=node,O=chatwarden-tests';
const VALID_DAYS = '3650';

const run = promisify(execFile);

export async function makeCertificates({ folder, plugin }: Secrets, java: Java): Promise<void> {
  mkdirSync(folder);
  const password = randomBytes(12).toString('hex');
  const keytool = (args: string[]) => run(join(java.home, 'bin', 'keytool'), args, { cwd: folder });
  const key = ['-keystore', 'key.p12', '-storetype', 'PKCS12', '-storepass', password, '-alias', 'node'];
  const trust = ['-keystore', 'trust.p12', '-storetype', 'PKCS12', '-storepass', password, '-alias', 'node'];
  const made = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', VALID_DAYS, '-dname', NODE_NAME];
  await keytool(['-genkeypair', ...key, ...made, '-ext', 'SAN=dns:localhost,ip:127.0.0.1']);
  await keytool(['-exportcert', '-rfc', ...key, '-file', 'ca.pem']);
  await keytool(['-importcert', '-noprompt', ...trust, '-file', 'ca.pem']);
  writeFileSync(join(folder, 'password'), password);
  writeFileSync(join(folder, 'hash'), await hash(password, { plugin, java }));
}

async function hash(password: string, { plugin, java }: { plugin: string; java: Java }): Promise<string> {
  const classes = [join(plugin, '*'), join(plugin, '..', '..', 'lib', '*')].join(':');
  const main = ['-cp', classes, 'org.opensearch.security.tools.Hasher', '-p', password];
  const { stdout } = await run(join(java.home, 'bin', 'java'), main);
  const found = /\$2[aby]\$\S+/.exec(stdout)?.[0];
  if (found === undefined) throw new Error(`the security plugin made no hash of a password:\n${stdout}`);
  return found;
}

/** Writes the plugin's own settings into a server's configuration. */
export function writeUsers(configFolder: string, { folder, plugin }: Secrets): void {
  const target = join(configFolder, 'opensearch-security');
  cpSync(join(plugin, 'config'), target, { recursive: true });
  writeFileSync(
    join(target, 'internal_users.yml'),
    `_meta:
  type: internalusers
  config_version: 2
${USERNAME}:
  hash: "${readFileSync(join(folder, 'hash'), 'utf8')}"
  reserved: true
  backend_roles: [admin]
`,
  );
  for (const name of ['key.p12', 'trust.p12']) cpSync(join(folder, name), join(configFolder, name));
}

/** The lines for opensearch.yml. */
export function securitySettings(password: string): string {
  const ssl = ['transport', 'http'].map(
    (layer) => `plugins.security.ssl.${layer}.keystore_type: PKCS12
plugins.security.ssl.${layer}.keystore_filepath: key.p12
plugins.security.ssl.${layer}.keystore_password: ${password}
plugins.security.ssl.${layer}.truststore_type: PKCS12
plugins.security.ssl.${layer}.truststore_filepath: trust.p12
plugins.security.ssl.${layer}.truststore_password: ${password}
`,
  );
  return `${ssl.join('')}plugins.security.ssl.transport.enforce_hostname_verification: false
plugins.security.ssl.http.enabled: true
plugins.security.nodes_dn: ["${NODE_NAME}"]
plugins.security.allow_default_init_securityindex: true
plugins.security.restapi.roles_enabled: [all_access]
`;
}
