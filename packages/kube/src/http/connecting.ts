import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock, Millis } from '@chatwarden/contracts';
import type { Deadline } from './deadline.ts';

/** TCP alone tries for two minutes, at longer and longer distances, when nobody answers. */
const CONNECT_MS: Millis = 5000;

/** The deadline is over as well when a new connection, with its TLS, is not there in time. */
export function limitConnecting(socket: Socket, deadline: Deadline, clock: Clock): void {
  if (!socket.connecting) return;
  const connected = new AbortController();
  const done = () => connected.abort('done');
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', done);
  socket.once('close', done);
  void clock.sleep(CONNECT_MS, connected.signal).then(() => {
    if (!connected.signal.aborted) deadline.expire();
  });
}
