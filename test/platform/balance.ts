/** What a Service of Kubernetes does, in small: connections go in turns to those that take them. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Balancer {
  port: number;
  close(): Promise<void>;
}

/** `ports` on loopback; a connection that none of them takes is closed. */
export async function balance(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    turn += 1;
    void pass(client, [...ports.slice(turn % ports.length), ...ports.slice(0, turn % ports.length)]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.close();
    for (const client of open) client.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

async function pass(client: Socket, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const upstream = connect(port, '127.0.0.1');
    const taken = await once(upstream, 'connect').then(
      () => true,
      () => false,
    );
    if (!taken) continue;
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
    return;
  }
  client.destroy();
}
