export { temporalSettings } from './temporal-settings.js';
export type { TemporalSettings, TemporalTls } from './temporal-settings.js';
export { connectClient, connectWorker } from './connect.js';
export type { ConnectClientOptions, ConnectOptions, ConnectedClient } from './connect.js';
export { createDataConverter, failureConverterPath } from './data-converter.js';
export type { DataConverterOptions } from './data-converter.js';
export { createEncryptionCodec } from './encryption-codec.js';
export { parsePayloadKeys } from './payload-keys.js';
export type { PayloadKeys } from './payload-keys.js';
export { payloadGuardInterceptor } from './payload-guard-interceptor.js';
export { tracingInterceptor } from './tracing-interceptor.js';
export {
  PAYLOAD_DECRYPTION_FAILED,
  PAYLOAD_KEYS_INVALID,
  PAYLOAD_KEY_UNKNOWN,
  TEMPORAL_CREDENTIALS_REJECTED,
  TEMPORAL_SETTINGS_INVALID,
  TEMPORAL_TLS_FAILED,
  TEMPORAL_UNREACHABLE,
} from './errors.js';
