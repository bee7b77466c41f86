import { defineError } from '@tributary/common';

export const DEVELOPMENT_SECRETS_OFF = defineError('DEVELOPMENT_SECRETS_OFF', {
  recovery: 'fatal',
  status: 404,
  message: 'This API takes no secrets. Nothing was stored.',
  fix: 'Put the secret into the secret store of the worker and pass its reference. On a machine for development, set TRIBUTARY_DEVELOPMENT_SECRETS_FILE, as npm start does.',
});

export const DEVELOPMENT_SECRETS_EXPOSED = defineError('DEVELOPMENT_SECRETS_EXPOSED', {
  recovery: 'fatal',
  message: 'TRIBUTARY_DEVELOPMENT_SECRETS_FILE is set while the API listens on {host}. Allowed: on the loopback interface alone.',
  fix: 'Unset it wherever others can reach the API; a secret store of Dapr takes its place there.',
});

export const DEVELOPMENT_SECRETS_UNWRITABLE = defineError('DEVELOPMENT_SECRETS_UNWRITABLE', {
  recovery: 'fatal',
  status: 500,
  message: 'The file of development secrets could not be read or written: {reason}. Nothing was stored.',
  fix: 'Check that the file that TRIBUTARY_DEVELOPMENT_SECRETS_FILE names is a JSON object of ours, and that its folder can be written.',
});
