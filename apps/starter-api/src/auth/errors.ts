import { defineError } from '@tributary/common';

export const API_ROUTE_WITHOUT_ACCESS = defineError('API_ROUTE_WITHOUT_ACCESS', {
  recovery: 'fatal',
  message: 'These routes do not say who may call them: {routes}. Allowed: viewer, operator, admin, public, dapr.',
  fix: 'Give each of them `config: { access: … }`.',
});

export const AUTH_KEYS_INVALID = defineError('AUTH_KEYS_INVALID', {
  recovery: 'fatal',
  message: 'Entry {entry} of TRIBUTARY_API_KEYS is wrong: {problem}. Allowed: name:role:sha256, separated by commas.',
  fix: 'Make keys and their entries with `npx nx run starter-api:api-key --name=<name> --role=<role>`.',
});

export const AUTH_NOT_CONFIGURED = defineError('AUTH_NOT_CONFIGURED', {
  recovery: 'fatal',
  message: 'The API would listen on {host}, which others reach, and knows nobody: neither TRIBUTARY_API_KEYS nor TRIBUTARY_OIDC_ISSUER is set.',
  fix: 'Make a key with `npx nx run starter-api:api-key --name=<name> --role=admin` and set TRIBUTARY_API_KEYS to the entry that it prints, or set TRIBUTARY_OIDC_ISSUER and TRIBUTARY_OIDC_AUDIENCE. Without either, listen on 127.0.0.1.',
});

export const AUTH_SETTINGS_INVALID = defineError('AUTH_SETTINGS_INVALID', {
  recovery: 'fatal',
  message: '{variable} cannot be used: {problem}.',
  fix: '{advice}',
});

export const AUTH_REQUIRED = defineError('AUTH_REQUIRED', {
  recovery: 'fatal',
  status: 401,
  message: 'Received a request without a credential. Allowed: an API key or a token of the configured issuer.',
  fix: 'Send the header `Authorization: Bearer <API key or token>`, or `X-API-Key: <API key>`. The local stack prints its key at start.',
});

export const AUTH_INVALID = defineError('AUTH_INVALID', {
  recovery: 'fatal',
  status: 401,
  message: 'Received a credential that is not accepted: {problem}.',
  fix: 'Use an API key whose hash is in TRIBUTARY_API_KEYS, or a token that the configured issuer has made for this API and that has not expired.',
});

export const AUTH_FORBIDDEN = defineError('AUTH_FORBIDDEN', {
  recovery: 'fatal',
  status: 403,
  message: 'The caller has {role}. Allowed: role {needed}.',
  fix: 'Use a credential of role {needed}, or ask whoever runs this API for one.',
});

export const AUTH_TOO_MANY_FAILURES = defineError('AUTH_TOO_MANY_FAILURES', {
  recovery: 'retry',
  status: 429,
  message: 'Received more than {limit} credentials per minute from this address that are not accepted.',
  fix: 'Correct the credential, and wait as long as the header Retry-After says.',
});

export const AUTH_ISSUER_UNAVAILABLE = defineError('AUTH_ISSUER_UNAVAILABLE', {
  recovery: 'retry',
  message: 'The keys of the token issuer are not to be had: {problem}.',
  fix: 'Try again. If it stays, check that the API reaches TRIBUTARY_OIDC_ISSUER; API keys work meanwhile.',
});

export const AUTH_APP_TOKEN_REFUSED = defineError('AUTH_APP_TOKEN_REFUSED', {
  recovery: 'fatal',
  status: 401,
  message: 'The route is for the Dapr sidecar alone: {problem}.',
  fix: 'Set APP_API_TOKEN to the same secret for the sidecar and for the API.',
});

export const AUTH_KEY_COMMAND = defineError('AUTH_KEY_COMMAND', {
  recovery: 'fatal',
  message: '{problem} Roles: {roles}.',
  fix: 'Run `npx nx run starter-api:api-key --name=<whose it is> --role=<role>`.',
});
