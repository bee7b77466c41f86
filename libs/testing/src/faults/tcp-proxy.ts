import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy that can behave as a network does when it fails. */
export interface TcpProxy {
  /** `host:port` that clients connect to. */
  readonly address: string;
  readonly port: number;
  /** How many connections clients have made so far. */
  readonly connections: number;
  /**
   * From now on nothing is forwarded, in either direction, and nothing is closed: as when a firewall drops packets. New
   * connections are taken and never answered.
   */
  freeze(): void;
  /** Forwards again, beginning with what was held back. */
  thaw(): void;
  /** Resets all connections; new ones are served. */
  cut(): void;
  /** Resets all connections and listens no more. */
  stop(): Promise<void>;
}

/** Forwards connections on a free port of the loopback interface to `target`, a `host:port`. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const at = target.lastIndexOf(':');
  const place = { host: target.slice(0, at), port: Number(target.slice(at + 1)), allowHalfOpen: true, noDelay: true };
  const links = new Set<Link>();
  let [frozen, connections] = [false, 0];
  const listener = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (client) => {
    const link = new Link(client, () => connect(place));
    links.add(link);
    connections += 1;
    client.on('close', () => links.delete(link));
    if (!frozen) link.forward();
  });
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const cut = (): void => {
    for (const link of links) link.reset();
  };
  return {
    address: `127.0.0.1:${String(port)}`,
    port,
    get connections() {
      return connections;
    },
    freeze() {
      frozen = true;
      for (const link of links) link.hold();
    },
    thaw() {
      frozen = false;
      for (const link of links) link.forward();
    },
    cut,
    stop: async () => {
      cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** A connection of a client, and the one to the target that is made when there is first something to forward. */
class Link {
  #server: Socket | undefined;
  #held = true;

  constructor(
    private readonly client: Socket,
    private readonly dial: () => Socket,
  ) {
    this.#endWith(client);
  }

  forward(): void {
    this.#held = false;
    this.#server ??= this.#join(this.dial());
    this.client.resume();
    this.#server.resume();
  }

  hold(): void {
    this.#held = true;
    this.client.pause();
    this.#server?.pause();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.#server?.resetAndDestroy();
  }

  #join(server: Socket): Socket {
    this.#endWith(server);
    for (const [from, to] of [[this.client, server], [server, this.client]] as const) {
      from.on('data', (chunk) => {
        if (!to.write(chunk)) from.pause();
      });
      from.on('end', () => to.end());
      to.on('drain', () => {
        if (!this.#held) from.resume();
      });
    }
    return server;
  }

  #endWith(socket: Socket): void {
    const end = (): void => {
      this.client.destroy();
      this.#server?.destroy();
    };
    socket.on('error', end).on('close', end);
  }
}
