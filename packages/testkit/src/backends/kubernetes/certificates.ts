// An authority for one test cluster and the certificates that it gives out. Node reads X.509 and can't write it, so the
// form stands here (RFC 5280): no openssl is needed, and a certificate takes a millisecond. For tests on this machine only.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, der, explicit, integer, objectId, octets, sequence, setOf, text, TRUE, utcTime } from './der.ts';

export interface Identity {
  /** To Kubernetes the name of the user. */
  name: string;
  /** To Kubernetes the groups of the user. */
  groups?: readonly string[];
  /** DNS names and IPv4 addresses that it may serve. */
  serves?: readonly string[];
}

export interface Certified {
  /** PEM. */
  certificate: string;
  key: string;
}

export interface Authority extends Certified {
  issue(identity: Identity): Certified;
}

/** The name of the authority of every test cluster. */
export const AUTHORITY = 'chatwarden-tests';

const HOUR_MS = 3_600_000;
const VALID_MS = 10 * 365 * 24 * HOUR_MS;
const SERIAL_BYTES = 16;

const OID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};
const SIGNATURE = sequence(objectId(OID.ecdsaWithSha256));
const MAY_SIGN_CERTIFICATES = bits(Buffer.from([0b0000_0110]), 1);
const MAY_SIGN_DATA = bits(Buffer.from([0b1000_0000]), 7);

export function createAuthority(name: string): Authority {
  const { publicKey, privateKey } = newKeys();
  const subject = nameOf({ name });
  const extensions = [
    extension(OID.basicConstraints, sequence(TRUE), 'critical'),
    extension(OID.keyUsage, MAY_SIGN_CERTIFICATES, 'critical'),
  ];
  const certificate = certify({ subject, publicKey, extensions, issuer: subject, issuerKey: privateKey });
  return authorityOf({ certificate, key: pemOf(privateKey) }, name);
}

/** One that was made before: `name` is the one that it was made with. */
export function authorityOf(made: Certified, name: string): Authority {
  const issuerKey = createPrivateKey(made.key);
  const issuer = nameOf({ name });
  const issue = (identity: Identity): Certified => {
    const { publicKey, privateKey } = newKeys();
    const extensions = [
      extension(OID.basicConstraints, sequence(), 'critical'),
      extension(OID.keyUsage, MAY_SIGN_DATA, 'critical'),
      extension(OID.extendedKeyUsage, sequence(objectId(OID.serverAuth), objectId(OID.clientAuth))),
      ...(identity.serves ? [extension(OID.alternativeNames, alternativeNames(identity.serves))] : []),
    ];
    const certificate = certify({ subject: nameOf(identity), publicKey, extensions, issuer, issuerKey });
    return { certificate, key: pemOf(privateKey) };
  };
  return { ...made, issue };
}

/** What service account tokens are signed with and checked by, both PEM. */
export function makeSigningKeys(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = newKeys();
  return { publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey: pemOf(privateKey) };
}

interface ToBeSigned {
  subject: Buffer;
  publicKey: KeyObject;
  extensions: readonly Buffer[];
  issuer: Buffer;
  issuerKey: KeyObject;
}

const VERSION_3 = explicit(0, integer(Buffer.from([2])));

function certify({ subject, publicKey, extensions, issuer, issuerKey }: ToBeSigned): string {
  // An hour back, for clocks that differ.
  const validity = sequence(utcTime(new Date(Date.now() - HOUR_MS)), utcTime(new Date(Date.now() + VALID_MS)));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const content = sequence(
    VERSION_3,
    integer(Buffer.concat([Buffer.from([1]), randomBytes(SERIAL_BYTES - 1)])),
    SIGNATURE,
    issuer,
    validity,
    subject,
    key,
    explicit(3, sequence(...extensions)),
  );
  const whole = sequence(content, SIGNATURE, bits(sign('sha256', content, issuerKey)));
  const lines = whole.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function nameOf({ name, groups = [] }: Identity): Buffer {
  const part = (id: string, value: string) => setOf(sequence(objectId(id), text(value)));
  return sequence(...groups.map((group) => part(OID.organization, group)), part(OID.commonName, name));
}

function alternativeNames(names: readonly string[]): Buffer {
  const DNS = 0x82;
  const ADDRESS = 0x87;
  const encoded = names.map((name) =>
    isIPv4(name) ? der(ADDRESS, Buffer.from(name.split('.').map(Number))) : der(DNS, Buffer.from(name)),
  );
  return sequence(...encoded);
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return sequence(objectId(id), ...(critical ? [TRUE] : []), octets(value));
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
