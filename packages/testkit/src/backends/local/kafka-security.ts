/**
 * A broker as platform teams run it: TLS on every door for clients, a login by SCRAM or PLAIN on one of them and a client
 * certificate on the other, and nobody may do anything without an ACL. The door of the controller is open to this machine.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority } from '../kubernetes/certificates.ts';
import type { KafkaSecurity } from '../server.ts';
import { serverSettings, type ServerSettings } from '../kafka-settings.ts';

export interface SecuredSettings extends ServerSettings {
  folder: string;
  /** Where clients show a certificate. */
  tlsPort: number;
  /** Passwords by name. */
  users: Readonly<Record<string, string>>;
}

/** May do everything. */
const ADMIN = 'admin';
/** What the broker calls itself, to itself. */
const BROKER = 'broker';
const SCRAM = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];
const LOGIN = 'org.apache.kafka.common.security';

export interface SecuredKafka {
  settings: Record<string, string>;
  /** Arguments of the tool that formats a data folder. */
  formatArgs: string[];
  /** What clients need, but for what takes a running server. */
  access: Omit<KafkaSecurity, 'setPassword' | 'setAcls'>;
}

/** Writes certificates into the folder. `users` must have the super user: see {@link withAdmin}. */
export function secureKafka({ folder, tlsPort, users, ...plain }: SecuredSettings): SecuredKafka {
  const { host = '127.0.0.1', port } = plain;
  const authority = createAuthority('chatwarden-kafka-tests');
  const caFile = join(folder, 'ca.pem');
  const keyFile = join(folder, 'broker.pem');
  const broker = authority.issue({ name: BROKER, serves: [host, 'localhost'] });
  writeFileSync(caFile, authority.certificate);
  writeFileSync(keyFile, broker.key + broker.certificate);
  const base = serverSettings(plain);
  const doors = `SASL_SSL://${host}:${port},SSL://${host}:${tlsPort}`;
  const settings = {
    ...base,
    listeners: `${doors},CONTROLLER://127.0.0.1:${plain.controllerPort}`,
    'advertised.listeners': doors,
    'inter.broker.listener.name': 'SSL',
    'listener.security.protocol.map': 'SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyFile,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': caFile,
    'listener.name.ssl.ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/',
    'sasl.enabled.mechanisms': ['PLAIN', ...SCRAM].join(','),
    ...plainLogin(users),
    ...Object.fromEntries(
      SCRAM.map((mechanism) => [
        `listener.name.sasl_ssl.${mechanism.toLowerCase()}.sasl.jaas.config`,
        `${LOGIN}.scram.ScramLoginModule required;`,
      ]),
    ),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    // Without a name is only who comes by the controller's door.
    'super.users': [ADMIN, BROKER, 'ANONYMOUS'].map((name) => `User:${name}`).join(';'),
  };
  const credentials = Object.entries(users).flatMap(([name, password]) =>
    SCRAM.flatMap((mechanism) => ['--add-scram', `${mechanism}=[name=${name},password=${password}]`]),
  );
  const access = {
    caFile,
    username: ADMIN,
    password: users[ADMIN] ?? '',
    tlsBrokers: `${host}:${tlsPort}`,
    issue: authority.issue,
  };
  return { settings, formatArgs: credentials, access };
}

export function withAdmin(users: Readonly<Record<string, string>>, password: string): Record<string, string> {
  return { ...users, [ADMIN]: password };
}

/** The users of PLAIN, as the setting that has them. */
export function plainLogin(users: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  const login = `${LOGIN}.plain.PlainLoginModule required ${known.join(' ')};`;
  return { 'listener.name.sasl_ssl.plain.sasl.jaas.config': login };
}
