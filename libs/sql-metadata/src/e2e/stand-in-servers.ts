import { connect, createServer, type Server, type Socket } from 'node:net';

/** Something that listens where a PostgreSQL server is expected. */
export interface StandIn {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes connections and does with each what `onConnection` says. */
export async function listen(onConnection: (socket: Socket) => void): Promise<StandIn> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The server at `port` as one that says it is of version 9.6: its version number is replaced on the way. */
export function olderVersion(port: number): Promise<StandIn> {
  return relay(port, { toClient: (text) => text.replace(/\b1[2-9]00\d\d\b/, '090624') });
}

/** The server at `port`, with a word on every connection that sends a password. */
export function passOn(port: number, onPassword: () => void): Promise<StandIn> {
  const seen = new WeakSet<Socket>();
  return relay(port, {
    toServer: (text, socket) => {
      if (text.startsWith('p') && !seen.has(socket)) onPassword();
      if (text.startsWith('p')) seen.add(socket);
      return text;
    },
  });
}

interface Changes {
  readonly toClient?: (text: string) => string;
  readonly toServer?: (text: string, client: Socket) => string;
}

/** What passes is Latin 1 to the changes, and must keep its length. */
function relay(port: number, { toClient = (text) => text, toServer = (text) => text }: Changes): Promise<StandIn> {
  return listen((client) => {
    const server = connect(port, '127.0.0.1').on('error', () => client.destroy());
    client.on('data', (bytes) => server.write(Buffer.from(toServer(bytes.toString('latin1'), client), 'latin1')));
    server.on('data', (bytes) => client.write(Buffer.from(toClient(bytes.toString('latin1')), 'latin1')));
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
  });
}
