import { defineError } from '@tributary/common';

export const SDK_CREDENTIAL_REFUSED = defineError('SDK_CREDENTIAL_REFUSED', {
  recovery: 'fatal',
  message: 'The request holds a credential itself at {pointer}. Allowed there: a reference, secret://<store>/<name>[#key]. Nothing was started or stored.',
  fix: 'Put the credential into the secret store of the worker and send its reference in the same place. On a machine for development PUT /v1/development/secrets/{name} does that.',
});

export const SDK_CREDENTIALS_MISSING = defineError('SDK_CREDENTIALS_MISSING', {
  recovery: 'fatal',
  message: 'The request says nothing of the source. Allowed: "credentials" as an object or as a list of {key, value}, "credential_guid" of a saved one, or their properties in the body itself.',
  fix: 'Send host, port, username, password (a secret:// reference) and database.',
});

export const SDK_UNSUPPORTED = defineError('SDK_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'Received {what}, which there is not here.',
  fix: '{instead}',
});

export const SDK_PATTERN_UNSUPPORTED = defineError('SDK_PATTERN_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'Received the pattern {pattern} in {place}, which has {part}. Allowed: names, ^ and $ at their ends, escaped characters, ".", ".*" and ".+", and | in temp-table-regex.',
  fix: 'Write it with these, one entry per name; or use the filters of POST /v1/runs/extract-sql-metadata.',
});

export const SDK_FILTER_INVALID = defineError('SDK_FILTER_INVALID', {
  recovery: 'fatal',
  message: 'Received a value in {place} that is no filter. Allowed: {"^database$": ["^schema$", …]} or {"^database$": "*"}, as an object or as its JSON text.',
  fix: 'Correct the filter. An empty one, {}, includes everything or excludes nothing.',
});

export const SDK_METADATA_TOO_LARGE = defineError('SDK_METADATA_TOO_LARGE', {
  recovery: 'fatal',
  status: 422,
  message: 'The source has more than {limit} schemas, which this route would give in one answer.',
  fix: 'Ask by "type": "database" and then by "schema" and "database"; or page through POST /v1/sources/browse.',
});

export const SDK_CONFIG_UNKNOWN = defineError('SDK_CONFIG_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no configuration "{id}" of type {type}.',
  fix: 'Save it with POST /workflows/v1/config/{id}?type={type}.',
});
