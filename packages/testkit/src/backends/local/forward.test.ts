import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { forward } from './forward.ts';

it('brings what comes in at another address to 127.0.0.1, and answers back', async () => {
  const server = createServer((socket) => void socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { close } = await forward('127.0.0.2', port);
  const socket = connect({ host: '127.0.0.2', port });
  socket.write('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('hello');
  const closed = once(socket, 'close');
  close();
  await closed;
  const [error] = (await once(connect({ host: '127.0.0.2', port }), 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');
});
