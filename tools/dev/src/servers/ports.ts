import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { DEV_PORT_TAKEN } from '../errors.js';

const HOST = '127.0.0.1';
const ATTEMPTS = 5;

/**
 * Below those that the system hands out by itself: until its server binds it, no connection and no program that asks for
 * any port can be given one of these.
 */
const LOWEST = 20_000;
const HIGHEST = 32_767;

/** `count` different ports of the loopback interface that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, () => listenSomewhere()));
  await Promise.all(held.map((server) => server.close()));
  return held.map((server) => server.port);
}

async function listenSomewhere(): Promise<Held> {
  for (;;) {
    try {
      return await listen(randomInt(LOWEST, HIGHEST + 1));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' && (error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    }
  }
}

/** Whether `port` of the loopback interface can be bound now. */
export async function isPortFree(port: number): Promise<boolean> {
  try {
    const server = await listen(port);
    await server.close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs `start` with free ports, again with others when one was lost to another program in between. Ports that are
 * asked for stay as they are.
 * @throws DEV_PORT_TAKEN when a port asked for is not free; whatever `start` throws.
 */
export async function withPorts<T>(
  name: string,
  asked: readonly (number | undefined)[],
  start: (ports: number[]) => Promise<T>,
): Promise<T> {
  for (const port of asked) {
    if (port !== undefined && !(await isPortFree(port))) throw DEV_PORT_TAKEN({ name, port });
  }
  for (let attempt = 1; ; attempt += 1) {
    const free = await freePorts(asked.length);
    const ports = asked.map((port, index) => port ?? free[index] ?? 0);
    try {
      return await start(ports);
    } catch (error) {
      const lost = /address already in use|EADDRINUSE|could not create any TCP\/IP sockets/i.test(String(error));
      if (!lost || attempt === ATTEMPTS) throw error;
    }
  }
}

interface Held {
  readonly port: number;
  close(): Promise<void>;
}

function listen(port: number): Promise<Held> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve({ port: bound, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}
