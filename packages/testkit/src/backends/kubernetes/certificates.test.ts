import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { authorityOf, createAuthority } from './certificates.ts';

it('makes certificates that say who somebody is', () => {
  const authority = createAuthority('test authority');
  const { certificate, key } = authority.issue({ name: 'jane', groups: ['a', 'b'], serves: ['localhost', '10.0.0.1'] });
  const read = new X509Certificate(certificate);
  expect(read.subject).toBe('O=a\nO=b\nCN=jane');
  expect(read.subjectAltName).toBe('DNS:localhost, IP Address:10.0.0.1');
  expect(read.ca).toBe(false);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  const signer = new X509Certificate(authority.certificate);
  expect(signer.ca).toBe(true);
  expect(read.checkIssued(signer)).toBe(true);
  expect(read.verify(signer.publicKey)).toBe(true);
  expect(read.verify(new X509Certificate(createAuthority('test authority').certificate).publicKey)).toBe(false);
});

it('makes certificates that both ends of TLS accept, by an authority that was kept too', async () => {
  const authority = createAuthority('test authority');
  const server = authority.issue({ name: 'server', serves: ['127.0.0.1'] });
  const client = authorityOf(authority, 'test authority').issue({ name: 'client' });
  const ca = authority.certificate;
  const listening = createServer({ ca, cert: server.certificate, key: server.key, requestCert: true });
  listening.listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const accepted = once(listening, 'secureConnection') as Promise<[TLSSocket]>;
  const socket = connect({ host: '127.0.0.1', port, ca, cert: client.certificate, key: client.key });
  const [[seen]] = await Promise.all([accepted, once(socket, 'secureConnect')]);
  expect(socket.authorized).toBe(true);
  expect(seen.authorized).toBe(true);
  expect(seen.getPeerCertificate().subject.CN).toBe('client');
  socket.destroy();
});
