import type { Problem } from './problem.js';

/** Where the documentation site has what a problem refers to as a file of the repository. */
export function documentationLink({ documentation }: Pick<Problem, 'documentation'>): string | undefined {
  const [, page, anchor = ''] = /^docs\/([\w/-]+)\.md(#[\w-]+)?$/.exec(documentation ?? '') ?? [];
  return page === undefined ? undefined : `/docs/${page}.html${anchor}`;
}
