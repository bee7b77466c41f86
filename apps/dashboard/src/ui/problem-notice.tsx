import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';
import { documentationLink } from '../api/documentation-link.js';
import { Icon } from './icon.js';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  /** Shown below: a button to try again. */
  readonly children?: ComponentChildren;
  /** What is wrong with a run is no news: it need not be read out. */
  readonly silent?: boolean;
}

/** A problem in the API's words: what happened, what to do, its code, and where to read on. */
export function ProblemNotice({ problem, children, silent = false }: ProblemNoticeProps) {
  const more = documentationLink(problem);
  return (
    <div class="notice notice-error" role={silent ? undefined : 'alert'}>
      <Icon name="warning" />
      <div class="notice-body">
        <p class="notice-title">{problem.detail}</p>
        <p>{problem.fix}</p>
        {problem.errors && problem.errors.length > 0 && (
          <ul class="notice-list">
            {problem.errors.map(({ pointer, received, allowed }) => (
              <li key={pointer}>
                <code>{pointer || '/'}</code>: {received === undefined ? '' : `received ${received}; `}allowed: {allowed}
              </li>
            ))}
          </ul>
        )}
        <p class="notice-meta">
          <code>{problem.code}</code>
          {more !== undefined && (
            <a href={more} target="_blank" rel="noreferrer">
              Documentation
            </a>
          )}
        </p>
        {children !== undefined && <div class="notice-actions">{children}</div>}
      </div>
    </div>
  );
}
