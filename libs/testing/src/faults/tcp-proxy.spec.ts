import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { waitFor } from '../stack/wait-for.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

describe('a TCP proxy', () => {
  let target: Server;
  let proxy: TcpProxy;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    target = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      socket.on('data', (chunk) => socket.write(chunk.toString().toUpperCase()));
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    proxy = await startTcpProxy(`127.0.0.1:${String((target.address() as AddressInfo).port)}`);
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await proxy.stop();
    await new Promise((resolve) => target.close(resolve));
  });

  async function dial(): Promise<{ socket: Socket; received: () => string; ended: () => string | undefined }> {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.add(socket);
    let [received, ended] = ['', undefined as string | undefined];
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (ended = error.code)).on('close', () => (ended ??= 'closed'));
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return { socket, received: () => received, ended: () => ended };
  }

  it('forwards both ways, however much it is', async () => {
    const { socket, received } = await dial();
    const sent = 'abc'.repeat(1_000_000);
    socket.write(sent);
    await waitFor('the echo', () => received().length === sent.length);
    expect(received()).toBe(sent.toUpperCase());
  });

  it('keeps all connections and answers none while it is frozen, and delivers what was held back', async () => {
    const before = await dial();
    before.socket.write('one');
    await waitFor('the echo', () => before.received() === 'ONE');
    proxy.freeze();
    const during = await dial();
    before.socket.write(' two');
    during.socket.write('three');
    const calm = await startTcpProxy(proxy.address.replace(/\d+$/, String((target.address() as AddressInfo).port)));
    // By the time that an echo has come and gone beside it, one through it would have, too.
    const beside = connect(calm.port, '127.0.0.1');
    beside.write('x');
    await new Promise((resolve) => beside.once('data', resolve));
    beside.destroy();
    await calm.stop();
    expect([before.received(), before.ended(), during.received(), during.ended()]).toEqual(['ONE', undefined, '', undefined]);
    proxy.thaw();
    await waitFor('what was held back', () => before.received() === 'ONE TWO' && during.received() === 'THREE');
  });

  it('resets connections when it is cut, and takes new ones', async () => {
    const { ended } = await dial();
    await waitFor('the link', () => sockets.size > 1);
    proxy.cut();
    await waitFor('the reset', () => ended() === 'ECONNRESET');
    const { socket, received } = await dial();
    socket.write('again');
    await waitFor('the echo', () => received() === 'AGAIN');
  });
});
