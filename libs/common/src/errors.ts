import { defineError } from './coded-error.js';

export const UNEXPECTED_ERROR = defineError('UNEXPECTED_ERROR', {
  recovery: 'retry',
  status: 500,
  message: 'Received an error that no registry knows: {message}.',
  fix: 'Look it up in the log by its workflow id or trace id. If it comes again, report it with the stack from the log.',
});

export const SECRET_REF_INVALID = defineError('SECRET_REF_INVALID', {
  recovery: 'fatal',
  message: 'Received a secret reference that is not one ({length} characters). Allowed: secret://<store>/<name>[#key].',
  fix: 'Put the credential into a secret store and pass its reference, for example secret://local/warehouse#password.',
});

export const PAYLOAD_TOO_LARGE = defineError('PAYLOAD_TOO_LARGE', {
  recovery: 'fatal',
  status: 413,
  message:
    'Received a payload of {bytes} bytes as {field} of workflow {workflow}; its largest part is {largest}. Allowed: {limit} bytes.',
  fix: 'Write the data to the object store and pass its ObjectRef instead.',
});
