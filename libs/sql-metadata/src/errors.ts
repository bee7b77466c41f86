import { defineError } from '@tributary/common';

export const SQL_INPUT_INVALID = defineError('SQL_INPUT_INVALID', {
  recovery: 'fatal',
  message: 'The input of {workflow} is not valid: {problems}.',
  fix: 'Correct the named fields; the JSON Schema of the input is part of the API document at /openapi.json.',
});

export const SQL_INPUT_HOLDS_CREDENTIAL = defineError('SQL_INPUT_HOLDS_CREDENTIAL', {
  recovery: 'fatal',
  message: 'The input of {workflow} holds what looks like a credential at {path}. Only references are allowed.',
  fix: 'Put it into a secret store, pass secret://<store>/<name>#<key> instead, and change the credential: it now stands in the history of this workflow.',
});

export const SQL_NOTHING_SELECTED = defineError('SQL_NOTHING_SELECTED', {
  recovery: 'fatal',
  message: 'The filters select none of the {found} databases of the server ({names}).',
  fix: 'Widen filters.include[].database, set source.database, or set source.allDatabases.',
});

export const SQL_NO_OBJECT_SELECTED = defineError('SQL_NO_OBJECT_SELECTED', {
  recovery: 'fatal',
  message: 'The filters select none of the {found} objects of the selected databases ({names}).',
  fix: 'Widen filters.include, or drop the rule of filters.exclude that leaves everything out; patterns are anchored and case sensitive.',
});

export const SQL_CHECK_TIMEOUT = defineError('SQL_CHECK_TIMEOUT', {
  recovery: 'retry',
  status: 504,
  message: 'Step "{step}" had not ended when the check had taken {seconds} s.',
  fix: 'Check the network between this worker and the source, and how busy the server is; then check again.',
});

export const SQL_ANSWER_TIMEOUT = defineError('SQL_ANSWER_TIMEOUT', {
  recovery: 'fatal',
  status: 504,
  message: 'The source had not been read when {seconds} s were over.',
  fix: 'Ask for less: source.allDatabases off, or fewer databases by filters. An extraction has no such limit.',
});

export const SQL_PAGE_CURSOR_INVALID = defineError('SQL_PAGE_CURSOR_INVALID', {
  recovery: 'fatal',
  message: 'The input\'s "after" is no place in this list.',
  fix: 'Use the "next" of the page before, unchanged, with the same database and schema; or leave "after" out to begin anew.',
});

export const SQL_NOTHING_CONNECTABLE = defineError('SQL_NOTHING_CONNECTABLE', {
  recovery: 'fatal',
  message: 'The role may connect to none of the selected databases ({names}).',
  fix: 'Let it, then start the run again: {fixes}',
});

export const SQL_TOO_MANY_DATABASES = defineError('SQL_TOO_MANY_DATABASES', {
  recovery: 'fatal',
  message: 'The run selects {found} databases; one run takes at most {limit}.',
  fix: 'Split it into several runs with filters.include[].database.',
});

export const SQL_QUARANTINE_EXCEEDED = defineError('SQL_QUARANTINE_EXCEEDED', {
  recovery: 'fatal',
  message: '{quarantined} of {raw} {kind} records of database "{database}" could not be transformed, above the threshold of {threshold}. Reasons: {reasons}. They are kept at {keys}.',
  fix: 'Read the quarantined records and their reasons; raise options.quarantineThreshold if they may be left out.',
});

export const SQL_COUNTS_DIFFER = defineError('SQL_COUNTS_DIFFER', {
  recovery: 'retry',
  message: 'The {kind} records of database "{database}" do not add up: source {source}, read {raw}, entities {entities}, quarantined {quarantined}.',
  fix: 'The run reads them again by itself. If it comes back, report it with the manifest of an earlier run.',
});

export const SQL_CATALOG_KEEPS_CHANGING = defineError('SQL_CATALOG_KEEPS_CHANGING', {
  recovery: 'fatal',
  message: 'The catalog of database "{database}" changed while it was read, {passes} times in a row: {detail}.',
  fix: 'Run the extraction when no tables are being created or dropped, or exclude the schema where that happens.',
});

export const SQL_SHARD_DAMAGED = defineError('SQL_SHARD_DAMAGED', {
  recovery: 'fatal',
  message: 'The stored object {key} differs from what was written: expected {expected}, found {found}.',
  fix: 'Check the object store for other writers and for faults of its storage, then start the run again.',
});
