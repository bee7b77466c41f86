import { defineError } from '@tributary/common';

export const COMMAND_USAGE = defineError('COMMAND_USAGE', {
  recovery: 'fatal',
  message: 'The command line cannot be used: {problem}.',
  fix: 'Usage: {usage}',
});

export const IDENTITY_FILE_INVALID = defineError('IDENTITY_FILE_INVALID', {
  recovery: 'fatal',
  message: 'Line {line} of {file} is no identity: {problem}. Expected lines: name,employee_id.',
  fix: 'Correct the line, and import the file again; nothing of it was stored.',
});

export const IDENTITY_FILE_UNREADABLE = defineError('IDENTITY_FILE_UNREADABLE', {
  recovery: 'fatal',
  message: '{file} could not be read: {reason}.',
  fix: 'Give the path of a text file in UTF-8 with lines name,employee_id.',
});
