import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { TemporalSettings, TemporalTls } from './temporal-settings.js';

const STEP_MS = 2_000;
/** A server refuses a client's certificate only after the handshake (TLS 1.3). */
const REFUSAL_MS = 300;

/** What keeps a connection from working, with what to do where that depends on it. */
export type Finding =
  | { readonly kind: 'network'; readonly reason: string }
  | { readonly kind: 'tls'; readonly reason: string; readonly advice: string };

/** Tries the TCP connection, then TLS as the settings ask for it. Undefined: both are fine. */
export async function probeServer({ address, tls }: TemporalSettings): Promise<Finding | undefined> {
  const { host, port } = split(address);
  const failure = await attempt((done) => connectTcp({ host, port }, done));
  if (failure) return { kind: 'network', reason: networkReason(failure.error, host, port) };
  if (!tls) {
    const speaksTls = !(await attempt((done) => connectTls({ host, port, rejectUnauthorized: false, ALPNProtocols: ['h2'] }, done)));
    return speaksTls
      ? { kind: 'tls', reason: 'the server speaks TLS, this client does not', advice: 'Set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH for a private authority.' }
      : undefined;
  }
  const refused = await attempt((done) => connectTls(tlsOptions(host, port, tls), done), REFUSAL_MS);
  return refused && tlsFinding(refused, host, tls);
}

function tlsOptions(host: string, port: number, { serverName, serverCa, client }: TemporalTls): ConnectionOptions {
  const name = serverName ?? host;
  return {
    host,
    port,
    ALPNProtocols: ['h2'],
    ...(isIP(name) ? {} : { servername: name }),
    ...(serverCa === undefined ? {} : { ca: serverCa }),
    ...(client ? { cert: client.certificate, key: client.key.reveal() } : {}),
  };
}

interface Failure {
  readonly error: NodeJS.ErrnoException;
  /** Whether the socket was open before. */
  readonly wasOpen: boolean;
}

/** Opens a socket and gives what ends it, if that is before it is open or within `graceMs` after. */
function attempt(open: (done: () => void) => Socket, graceMs = 0): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    let wasOpen = false;
    let socket: Socket | undefined;
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      socket?.destroy();
      resolve(error && { error, wasOpen });
    };
    let timer = setTimeout(() => { finish(new Error(`no answer within ${STEP_MS} ms`)); }, STEP_MS);
    try {
      socket = open(() => {
        wasOpen = true;
        clearTimeout(timer);
        timer = setTimeout(() => { finish(); }, graceMs);
      });
      socket.once('error', finish);
      socket.once('close', () => { finish(new Error('the server closed the connection')); });
    } catch (error) {
      finish(error as Error);
    }
  });
}

function networkReason(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'ECONNREFUSED') return `nothing listens on port ${port}`;
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return `the name ${host} cannot be resolved`;
  return error.code ?? error.message;
}

function tlsFinding({ error, wasOpen }: Failure, host: string, tls: TemporalTls): Finding {
  const code = error.code ?? '';
  const finding = (reason: string, advice: string): Finding => ({ kind: 'tls', reason, advice });
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return finding(`the server's certificate is not for ${tls.serverName ?? host}`, 'Set TEMPORAL_TLS_SERVER_NAME to a name in the certificate, or correct TEMPORAL_ADDRESS.');
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return finding("the server's certificate has expired or is not yet valid", "Renew the server's certificate; check the clocks of both machines.");
  }
  if (/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return finding("the server's certificate comes from an authority that is not trusted here", 'Set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the certificate of that authority.');
  }
  if (wasOpen || /ALERT|UNKNOWN_CA|CERTIFICATE_REQUIRED|BAD_CERTIFICATE/.test(code)) {
    const has = tls.client ? 'refused the certificate of this client' : 'wants a certificate of the client';
    return finding(`the server ${has}`, 'Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH to a certificate that the server trusts.');
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code)) {
    return finding('the server does not speak TLS', 'Set TEMPORAL_TLS=false, or correct the port in TEMPORAL_ADDRESS.');
  }
  if (/KEY_VALUES_MISMATCH|PEM|ASN1|DECODER|NO_START_LINE/.test(code)) {
    return finding(`a certificate or key of this client is unusable (${code})`, 'Check the PEM files of the client certificate, its key and the authority.');
  }
  return finding(code === '' ? error.message : code, 'Check the TEMPORAL_TLS_ settings.');
}

function split(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) };
}
