import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { Secret } from '@tributary/common';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { connectWorker } from '../temporal-worker/index.js';
import { connectClient, type TemporalSettings } from './index.js';
import { makeCertificate } from './testdata/certificates.js';

const START_MS = 120_000;
const PATIENT_MS = 20_000;
const TIMEOUT_MS = 400;
const authority = makeCertificate({ name: 'authority' });
const identity = makeCertificate({ issuer: authority });
const client = makeCertificate({ name: 'client', issuer: authority });
const mutual = { certificate: client.certificate, key: new Secret(client.key) };

let temporal: TemporalServer;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  temporal = await startTemporal();
}, START_MS);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await temporal?.stop();
}, START_MS);

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The real server behind a TLS listener. */
function behindTls(options: TlsOptions): Promise<string> {
  const [host = '', port] = temporal.address.split(':');
  const server = createTlsServer({ ALPNProtocols: ['h2'], cert: identity.certificate, key: identity.key, ...options }, (socket) => {
    const upstream = connectTcp(Number(port), host);
    for (const end of [socket, upstream]) end.on('error', () => { socket.destroy(); upstream.destroy(); });
    socket.pipe(upstream).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

const connectors = [
  ['connectClient', async (settings: TemporalSettings, timeoutMs = TIMEOUT_MS) => { await (await connectClient(settings, { timeoutMs })).close(); }],
  ['connectWorker', async (settings: TemporalSettings, timeoutMs = TIMEOUT_MS) => { await (await connectWorker(settings, { timeoutMs })).close(); }],
] as const;

describe.each(connectors)('%s', (_, connect) => {
  const settings = (address: string, tls?: TemporalSettings['tls']): TemporalSettings => ({ address, namespace: 'default', ...(tls ? { tls } : {}) });

  it('connects', async () => {
    await connect(settings(temporal.address), PATIENT_MS);
  });

  it('connects over TLS and mutual TLS', async () => {
    await connect(settings(await behindTls({}), { serverCa: authority.certificate }), PATIENT_MS);
    const guarded = await behindTls({ requestCert: true, rejectUnauthorized: true, ca: authority.certificate });
    await connect(settings(guarded, { serverCa: authority.certificate, client: mutual }), PATIENT_MS);
  });

  it('connects under the name that the certificate has', async () => {
    const named = makeCertificate({ name: 'temporal.internal', issuer: authority });
    const address = await behindTls({ cert: named.certificate, key: named.key });
    await connect(settings(address, { serverCa: authority.certificate, serverName: 'temporal.internal' }), PATIENT_MS);
  });

  it('says where nothing listens', async () => {
    const address = await listen(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(connect(settings(address))).rejects.toMatchObject({
      code: 'TEMPORAL_UNREACHABLE',
      recovery: 'retry',
      message: `The Temporal server at ${address} cannot be reached: nothing listens on port ${address.split(':')[1]}.`,
    });
  });

  it('says which name cannot be resolved', async () => {
    await expect(connect(settings('temporal.invalid:7233'))).rejects.toMatchObject({ code: 'TEMPORAL_UNREACHABLE', message: expect.stringContaining('temporal.invalid') as string });
  });

  it('gives up on a server that never answers', async () => {
    const before = performance.now();
    const address = await listen(createServer(() => undefined));
    await expect(connect(settings(address))).rejects.toMatchObject({ code: 'TEMPORAL_UNREACHABLE', message: expect.stringContaining(address) as string });
    expect(performance.now() - before).toBeLessThan(TIMEOUT_MS + 5_000);
  });

  describe('names what is wrong with TLS', () => {
    const failure = (reason: RegExp, fix: RegExp) => ({
      code: 'TEMPORAL_TLS_FAILED',
      message: expect.stringMatching(reason) as string,
      fix: expect.stringMatching(fix) as string,
    });

    it('on a server that speaks it, to a client that does not', async () => {
      await expect(connect(settings(await behindTls({})))).rejects.toMatchObject(failure(/server speaks TLS/, /TEMPORAL_TLS=true/));
    });

    it('on a server that does not speak it', async () => {
      await expect(connect(settings(temporal.address, {}))).rejects.toMatchObject(failure(/does not speak TLS/, /TEMPORAL_TLS=false/));
    });

    it('when the authority is not trusted', async () => {
      await expect(connect(settings(await behindTls({}), {}))).rejects.toMatchObject(failure(/authority that is not trusted/, /SERVER_CA_CERT_PATH/));
    });

    it('when the certificate is for another name', async () => {
      const tls = { serverCa: authority.certificate, serverName: 'temporal.other' };
      await expect(connect(settings(await behindTls({}), tls))).rejects.toMatchObject(failure(/not for temporal\.other/, /TEMPORAL_TLS_SERVER_NAME/));
    });

    it('when the certificate has expired', async () => {
      const old = makeCertificate({ issuer: authority, notAfter: new Date(Date.now() - 1000) });
      const address = await behindTls({ cert: old.certificate, key: old.key });
      await expect(connect(settings(address, { serverCa: authority.certificate }))).rejects.toMatchObject(failure(/expired/, /Renew/));
    });

    it('when the client has no certificate, or one of a stranger', async () => {
      const address = await behindTls({ requestCert: true, rejectUnauthorized: true, ca: authority.certificate });
      const tls = { serverCa: authority.certificate };
      await expect(connect(settings(address, tls))).rejects.toMatchObject(failure(/wants a certificate of the client/, /CLIENT_CERT_PATH/));
      const other = makeCertificate({ name: 'client', issuer: makeCertificate({ name: 'another authority' }) });
      const stranger = { certificate: other.certificate, key: new Secret(other.key) };
      await expect(connect(settings(address, { ...tls, client: stranger }))).rejects.toMatchObject(failure(/refused the certificate of this client/, /CLIENT_CERT_PATH/));
    });

    it('when the client certificate and its key do not belong together, without showing the key', async () => {
      const other = makeCertificate({ name: 'client', issuer: authority });
      const tls = { serverCa: authority.certificate, client: { certificate: client.certificate, key: new Secret(other.key) } };
      const error: unknown = await connect(settings(await behindTls({}), tls)).catch((reason: unknown) => reason);
      expect(error).toMatchObject(failure(/certificate or key of this client is unusable/, /PEM/));
      expect((error as Error).message).not.toContain('PRIVATE');
    });
  });

  it('sends the API key over TLS, and says when it is refused', async () => {
    const seen: (string | undefined)[] = [];
    const refusing = createSecureServer({ cert: identity.certificate, key: identity.key });
    refusing.on('stream', (stream, headers) => {
      seen.push(headers.authorization);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16', 'grpc-message': 'invalid key' }, { endStream: true });
    });
    const address = await listen(refusing);
    const withKey = { ...settings(address, { serverCa: authority.certificate }), apiKey: new Secret('api-key-4711') };
    const error: unknown = await connect(withKey, PATIENT_MS).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'TEMPORAL_CREDENTIALS_REJECTED', recovery: 'fatal' });
    expect((error as Error).message).not.toContain('4711');
    expect(new Set(seen)).toEqual(new Set(['Bearer api-key-4711']));
  });
});
