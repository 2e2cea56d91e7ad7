import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between the product and a database server: holds back what they say to each other, or cuts them off. */
export interface TcpProxy {
  /** The address that leads through it. */
  readonly url: string;
  /** Nothing gets through from now on, in either direction; connections stay open, and new ones are taken. */
  hang(): void;
  /** What was held back goes on. */
  goOn(): void;
  /** Ends every connection there is. */
  cut(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isHanging = false;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (isHanging) socket.pause();
    return socket;
  };
  const server = createServer((incoming) => {
    const onward = keep(connect(Number(port) || 5432, hostname));
    keep(incoming);
    incoming.on('data', (bytes) => onward.write(bytes));
    onward.on('data', (bytes) => incoming.write(bytes));
    incoming.on('close', () => onward.destroy());
    onward.on('close', () => incoming.destroy());
    if (isHanging) for (const socket of [incoming, onward]) socket.pause();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : '');

  return {
    url: url.href,
    hang() {
      isHanging = true;
      for (const socket of sockets) socket.pause();
    },
    goOn() {
      isHanging = false;
      for (const socket of sockets) socket.resume();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
