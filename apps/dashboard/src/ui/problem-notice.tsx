import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';
import { documentationLink } from '../api/documentation-link.js';
import { accountOpen } from '../session/session.js';
import { Icon } from './icon.js';
import { RefusalLink } from './refusal-link.js';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  /** Asks again: gives the notice a button for it. */
  readonly retry?: (() => void) | undefined;
  /** What else can be done about it. */
  readonly children?: ComponentChildren;
  /** What is wrong with a run is no news: it need not be read out. */
  readonly silent?: boolean;
}

/** A problem in the API's words: what happened, what to do, its code, and where to read on. */
export function ProblemNotice({ problem, retry, children, silent = false }: ProblemNoticeProps) {
  const more = documentationLink(problem);
  const forbidden = problem.code === 'AUTH_FORBIDDEN';
  return (
    <div class="notice notice-error" role={silent ? undefined : 'alert'}>
      <Icon name="warning" />
      <div class="notice-body">
        <p class="notice-title">
          {forbidden && 'You may not do this. '}
          {problem.detail}
        </p>
        <p>{problem.fix}</p>
        {problem.errors && problem.errors.length > 0 && (
          <ul class="notice-list">
            {problem.errors.map(({ pointer, received, allowed }) => (
              <li key={`${pointer} ${allowed}`}>
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
        {(retry !== undefined || children !== undefined || forbidden || problem.run !== undefined) && (
          <div class="notice-actions">
            {forbidden && (
              <button type="button" onClick={() => { accountOpen.set(true); }}>
                Sign in with another key
              </button>
            )}
            <RefusalLink problem={problem} />
            {retry && (
              <button type="button" onClick={retry}>
                Try again
              </button>
            )}
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
