import { defineError } from '@tributary/common';

export const TEMPORAL_SETTINGS_INVALID = defineError('TEMPORAL_SETTINGS_INVALID', {
  recovery: 'fatal',
  message: 'The Temporal connection settings are wrong: {reason}.',
  fix: 'Correct the TEMPORAL_ variables or the profile of the Temporal configuration file.',
});

export const TEMPORAL_UNREACHABLE = defineError('TEMPORAL_UNREACHABLE', {
  recovery: 'retry',
  message: 'The Temporal server at {address} cannot be reached: {reason}.',
  fix: 'Check that the server runs, that TEMPORAL_ADDRESS is its host:port, and that no firewall stands between.',
});

export const TEMPORAL_TLS_FAILED = defineError('TEMPORAL_TLS_FAILED', {
  recovery: 'fatal',
  status: 502,
  message: 'No TLS connection with the Temporal server at {address}: {reason}.',
  fix: '{advice} All of it is set by the TEMPORAL_TLS_ variables.',
});

export const TEMPORAL_CREDENTIALS_REJECTED = defineError('TEMPORAL_CREDENTIALS_REJECTED', {
  recovery: 'fatal',
  status: 502,
  message: 'The Temporal server at {address} refused the credentials for namespace {namespace}.',
  fix: 'Check TEMPORAL_API_KEY (or the client certificate) and that it may use the namespace.',
});

export const PAYLOAD_KEYS_INVALID = defineError('PAYLOAD_KEYS_INVALID', {
  recovery: 'fatal',
  message: 'The payload encryption keys are wrong: {reason}. Allowed: a JSON object {"<key id>": "<base64 of 32 bytes>"}.',
  fix: 'Correct the secret that TRIBUTARY_PAYLOAD_KEYS names. A new key: openssl rand -base64 32.',
});

export const PAYLOAD_KEY_UNKNOWN = defineError('PAYLOAD_KEY_UNKNOWN', {
  recovery: 'retry',
  status: 500,
  message: 'A payload is encrypted with key "{keyId}", which is not among the keys of this process: {known}.',
  fix: 'Add that key to the secret that TRIBUTARY_PAYLOAD_KEYS names; keep old keys as long as workflows use them.',
});

export const PAYLOAD_DECRYPTION_FAILED = defineError('PAYLOAD_DECRYPTION_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'A payload encrypted with key "{keyId}" cannot be decrypted: {reason}.',
  fix: 'Check that the key id stands for the same key everywhere; otherwise the payload was changed on its way.',
});

export const TEMPORAL_FAILURE_CONVERTER_MISSING = defineError('TEMPORAL_FAILURE_CONVERTER_MISSING', {
  recovery: 'fatal',
  status: 500,
  message: 'Payload encryption is on, but the module that encodes failures is missing: {path}.',
  fix: 'Build the app again: its build puts that module beside its main file and into its workflow bundle.',
});

export const CODEC_SERVER_REQUEST_INVALID = defineError('CODEC_SERVER_REQUEST_INVALID', {
  recovery: 'fatal',
  message: 'The codec server cannot read the request: {reason}. Allowed: JSON {"payloads": […]}.',
  fix: 'Point the codec endpoint of the Temporal UI or CLI at /v1/codec of the API, without /encode or /decode.',
});
