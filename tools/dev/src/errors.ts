import { defineError } from '@tributary/common';

export const DEV_PROCESS_FAILED = defineError('DEV_PROCESS_FAILED', {
  recovery: 'fatal',
  message: '{name} could not be started: {reason}. Its last lines:\n{tail}',
  fix: 'Read {logFile}.',
});

export const DEV_PROCESS_NOT_READY = defineError('DEV_PROCESS_NOT_READY', {
  recovery: 'fatal',
  message: '{name} was not ready after {seconds} s: {reason}. Its last lines:\n{tail}',
  fix: 'Read {logFile}.',
});

export const DEV_PORT_TAKEN = defineError('DEV_PORT_TAKEN', {
  recovery: 'fatal',
  message: 'Port {port}, asked for by {name}, is taken by another program.',
  fix: 'End that program, or leave the port out so that a free one is chosen.',
});

export const DEV_POSTGRES_UNSUPPORTED = defineError('DEV_POSTGRES_UNSUPPORTED', {
  recovery: 'fatal',
  message: 'There is no embedded PostgreSQL for {platform}: package {package} is not installed.',
  fix: 'Run `npm ci` without --omit=optional on a supported platform (Linux or macOS, x64 or arm64).',
});

export const DEV_POSTGRES_PATH = defineError('DEV_POSTGRES_PATH', {
  recovery: 'fatal',
  message: 'PostgreSQL cannot run from {folder}: its own tools pass that path to a shell, which takes {character} for something else.',
  fix: 'Move the repository into a folder without any of " $ ` \\ in its path. Spaces, other quotes and other letters may stay.',
});

export const DEV_POSTGRES_DATA_IN_USE = defineError('DEV_POSTGRES_DATA_IN_USE', {
  recovery: 'fatal',
  message: 'The data folder {dataDir} is in use by a PostgreSQL server, process {pid}.',
  fix: 'End it with `kill -INT {pid}`, or use another folder.',
});

export const DEV_POSTGRES_USER = defineError('DEV_POSTGRES_USER', {
  recovery: 'fatal',
  message: 'PostgreSQL refuses to run as root, and there is no way to run it as another user: {reason}.',
  fix: 'Run as an ordinary user, or create one: `useradd --system postgres`.',
});
export const DEV_BINARY_MISSING = defineError('DEV_BINARY_MISSING', {
  recovery: 'fatal',
  message: '{title} cannot be had on this machine. Tried:\n{tried}',
  fix: 'Do one of these: install {accepted} ({documentation}) so that `{name}` is on PATH; or set {variable} to its path; or set TRIBUTARY_DOWNLOAD_MIRROR to a mirror of https://github.com that this machine reaches; or install Go 1.25 or newer (https://go.dev/dl), with which it is built here in some minutes.',
});

export const DEV_BINARY_UNFIT = defineError('DEV_BINARY_UNFIT', {
  recovery: 'fatal',
  message: '{variable} is {path}, which will not do: {reason}.',
  fix: 'Set {variable} to the path of {accepted}, or unset it so that one is found.',
});

export const DEV_STACK_RUNNING = defineError('DEV_STACK_RUNNING', {
  recovery: 'fatal',
  message: 'The stack of this repository runs already: process {pid}, in {folder}.',
  fix: 'Use that one, or end it: Ctrl-C in its terminal, or `kill {pid}`. If there is no such process because this machine has been renamed since, delete the file `lock` in that folder.',
});

export const DEV_STACK_MISSING = defineError('DEV_STACK_MISSING', {
  recovery: 'fatal',
  message: 'No local stack is running: there is no {file} of a live process.',
  fix: 'Run `npm run stack` in another terminal, and keep it running.',
});

export const DEV_DATA_UNUSABLE = defineError('DEV_DATA_UNUSABLE', {
  recovery: 'fatal',
  message: '{name} does not start on what earlier starts have left in {path}. {reason}',
  fix: 'If it is damaged, or of another version, remove it, and it is made anew: `rm -rf {quoted}`. {loss}',
});

export const DEV_DISK_FULL = defineError('DEV_DISK_FULL', {
  recovery: 'fatal',
  message: 'The disk is full: {folder} has {free} free, and {needed} are needed.',
  fix: 'Free some space. What earlier runs left can go: `rm -rf .tributary` (when no stack runs).',
});

export const DEV_SOURCE_INVALID = defineError('DEV_SOURCE_INVALID', {
  recovery: 'fatal',
  message: 'The URL after --source cannot be used: {problem}.',
  fix: 'Give postgres://user@host:5432/database, and the password in PGPASSWORD, in ~/.pgpass, or when you are asked.',
});

export const DEV_SOURCE_PASSWORD = defineError('DEV_SOURCE_PASSWORD', {
  recovery: 'fatal',
  message: 'No password was typed.',
  fix: 'Type it, set PGPASSWORD, or keep it in ~/.pgpass (mode 0600).',
});

export const DEV_BUILD_FAILED = defineError('DEV_BUILD_FAILED', {
  recovery: 'fatal',
  message: 'The apps could not be built. The last lines:\n{tail}',
  fix: 'Read {logFile}, or run `npx nx run-many -t build`.',
});

export const DEV_CHILD_DIED = defineError('DEV_CHILD_DIED', {
  recovery: 'fatal',
  message: '{name} has {exit} although nobody stopped it. Its last lines:\n{tail}',
  fix: 'Read {logFile}, then start again.',
});

export const DEV_API_REFUSED = defineError('DEV_API_REFUSED', {
  recovery: 'fatal',
  message: 'The API answered {status} to {request}: {detail}',
  fix: 'Read {logFile}.',
});

export const DEV_RUN_FAILED = defineError('DEV_RUN_FAILED', {
  recovery: 'fatal',
  message: 'The run ended as {status}: {detail}',
  fix: '{fix}',
});

export const DEV_COMMAND_FAILED = defineError('DEV_COMMAND_FAILED', {
  recovery: 'fatal',
  message: '`{command}` has failed: {reason}',
  fix: 'Look at the logs of the worker and of Temporal below .tributary/logs.',
});

export const DEV_TREE_STUCK = defineError('DEV_TREE_STUCK', {
  recovery: 'fatal',
  message: 'Waited {seconds} s in vain for {what}.',
  fix: 'Read {logFile}, and look at the workflows in the Temporal UI.',
});

export const DEV_APP_UNKNOWN = defineError('DEV_APP_UNKNOWN', {
  recovery: 'fatal',
  message: 'There is no app {name} in the local stack.',
  fix: 'Use one of: {known}.',
});

export const DEV_USAGE = defineError('DEV_USAGE', {
  recovery: 'fatal',
  message: '{problem}',
  fix: 'Usage: {usage}',
});
