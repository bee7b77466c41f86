import type { ErrorDefinition, Recovery } from '@tributary/common';
import { GENERATED, escapeText } from './markdown.js';
import { projectOf, type LoadedModule } from './workspace.js';

const RECOVERY: Readonly<Record<Recovery, string>> = {
  fatal: '`fatal`: never retried',
  retry: '`retry`: tried again by Temporal, with bounded attempts',
  skip: '`skip`: its scope is quarantined and the run goes on',
};

/** Errors by the project that defines them. */
export type ErrorsByProject = ReadonlyMap<string, readonly ErrorDefinition[]>;

/** The errors that modules export, in order of project and code. */
export function errorsOf(modules: readonly LoadedModule[]): ErrorsByProject {
  const byProject = new Map<string, ErrorDefinition[]>();
  for (const { path, exports } of modules) {
    const found = byProject.get(projectOf(path)) ?? [];
    byProject.set(projectOf(path), [...found, ...Object.values(exports).filter(isDefinition)]);
  }
  const sorted = [...byProject].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([project, errors]) => [project, errors.sort((a, b) => (a.code < b.code ? -1 : 1))]));
}

/** `docs/errors.md`. */
export function renderErrorsPage(errors: ErrorsByProject): string {
  const overview = [...errors].map(
    ([project, defined]) => `- ${project}: ${defined.map(({ code }) => `[${code}](#${code.toLowerCase()})`).join(', ')}`,
  );
  const sections = [...errors].flatMap(([project, defined]) => [`## ${project}`, ...defined.map(renderError)]);
  return `${[
    GENERATED,
    '# Errors',
    'Every error has a code that stays. It is the `type` of the failure in Temporal, `code` in the problem details of the HTTP API, and `err.code` in the log. Its recovery says what comes next:',
    Object.values(RECOVERY).map((text) => `- ${text}`).join('\n'),
    'Words in braces are filled in.',
    overview.join('\n'),
    ...sections,
  ].join('\n\n')}\n`;
}

function renderError({ code, message, fix, recovery, status }: ErrorDefinition): string {
  return [
    `### ${code}`,
    `> ${escapeText(message)}`,
    `**What to do.** ${escapeText(fix)}`,
    `Recovery ${RECOVERY[recovery]}. HTTP status ${status}.`,
  ].join('\n\n');
}

function isDefinition(value: unknown): value is ErrorDefinition {
  return typeof value === 'function' && typeof (value as Partial<ErrorDefinition>).code === 'string' && 'recovery' in value;
}
