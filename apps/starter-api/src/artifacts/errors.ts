import { defineError } from '@tributary/common';

export const ARTIFACT_NOT_LINES = defineError('ARTIFACT_NOT_LINES', {
  recovery: 'fatal',
  message: 'The artifact is one JSON document. Only artifacts of JSON lines can be had as {format}.',
  fix: 'Ask for it without format.',
});

export const ARTIFACT_COLUMNS_EXCEEDED = defineError('ARTIFACT_COLUMNS_EXCEEDED', {
  recovery: 'fatal',
  status: 409,
  message: 'The records of the artifact have more than {limit} different places for values, too many for columns.',
  fix: 'Ask for format=jsonl.',
});
