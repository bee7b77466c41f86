export { temporalSettings } from './temporal-settings.js';
export type { TemporalSettings, TemporalTls } from './temporal-settings.js';
export { connectClient } from './connect.js';
export type { ConnectClientOptions, ConnectOptions, ConnectedClient } from './connect.js';
export { createDataConverter, sandboxFailureConverterPath, withEncodedFailures } from './data-converter.js';
export type { DataConverterOptions } from './data-converter.js';
export { payloadsFromJson, payloadsToJson } from './payload-json.js';
export type { PayloadsJson } from './payload-json.js';
export { loadDataConverter } from './load-data-converter.js';
export type { EncryptionConfig } from './load-data-converter.js';
export { createEncryptionCodec } from './encryption-codec.js';
export { parsePayloadKeys } from './payload-keys.js';
export type { PayloadKeys } from './payload-keys.js';
export { payloadGuardInterceptor } from './payload-guard-interceptor.js';
export { tracingInterceptor } from './tracing-interceptor.js';
export {
  CODEC_SERVER_REQUEST_INVALID,
  PAYLOAD_DECRYPTION_FAILED,
  PAYLOAD_KEYS_INVALID,
  PAYLOAD_KEY_UNKNOWN,
  TEMPORAL_CREDENTIALS_REJECTED,
  TEMPORAL_FAILURE_CONVERTER_MISSING,
  TEMPORAL_SETTINGS_INVALID,
  TEMPORAL_TLS_FAILED,
  TEMPORAL_UNREACHABLE,
} from './errors.js';
