import type { Problem } from './problem.js';

/** Where the documentation site, which is served beside this page, describes a problem. */
export function documentationLink({ documentation }: Pick<Problem, 'documentation'>): string | undefined {
  return /^\/docs\/[\w/-]+\.html(#[\w-]+)?$/.test(documentation ?? '') ? documentation : undefined;
}
