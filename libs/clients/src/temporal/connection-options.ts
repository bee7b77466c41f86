import type { TLSConfig } from '@temporalio/common/lib/internal-non-workflow';
import type { TemporalSettings, TemporalTls } from './temporal-settings.js';

/** What both kinds of connection of the SDK take. The key is revealed here, where the SDK needs it. */
export function connectionOptions({ address, apiKey, tls, metadata }: TemporalSettings): {
  address: string;
  apiKey?: string;
  tls: TLSConfig | false;
  metadata?: Record<string, string>;
} {
  return {
    address,
    ...(apiKey ? { apiKey: apiKey.reveal() } : {}),
    // Absent would mean TLS to the SDK as soon as there is an API key.
    tls: tls ? tlsConfig(tls) : false,
    ...(metadata ? { metadata: { ...metadata } } : {}),
  };
}

function tlsConfig({ serverName, serverCa, client }: TemporalTls): TLSConfig {
  return {
    ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
    ...(serverCa === undefined ? {} : { serverRootCACertificate: Buffer.from(serverCa) }),
    ...(client
      ? { clientCertPair: { crt: Buffer.from(client.certificate), key: Buffer.from(client.key.reveal()) } }
      : {}),
  };
}
