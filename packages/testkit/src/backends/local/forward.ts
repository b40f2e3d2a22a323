import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Forwarding {
  close(): void;
}

/** Brings connections at another address of this machine to the same port of 127.0.0.1. */
export async function forward(host: string, port: number): Promise<Forwarding> {
  const open = new Set<Socket>();
  const pair = (from: Socket, to: Socket) => {
    open.add(from);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
    from.pipe(to);
  };
  const server = createServer((from) => {
    const to = connect({ host: '127.0.0.1', port });
    pair(from, to);
    pair(to, from);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
