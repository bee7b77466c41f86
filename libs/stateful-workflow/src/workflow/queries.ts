import { defineQuery, setHandler } from '@temporalio/workflow';
import { isCodedError } from '@tributary/common';
import type { Child } from '../children/child.js';
import { childrenOf, healthOf, runView, type Health } from '../inspect.js';
import type { Problem } from './contract.js';
import type { ChangesSince } from './change-log.js';
import type { EntityShell } from './entity-shell.js';
import { STATEFUL_STARTING } from './errors.js';
import { statePage, type StatePage, type StateQuestion } from './state-page.js';

const MOST_CHILDREN = 500;
const MOST_CHANGES = 200;

/** How far an entity is. */
export interface EntityProgress {
  /** `loading`: something is being loaded, or never was. `live`: everything is as it should be. */
  readonly phase: 'loading' | 'live' | 'degraded' | 'paused' | 'closing';
  readonly loads: { readonly done: number; readonly total: number; readonly failing: number };
  readonly children: { readonly running: number; readonly total: number };
  readonly linksBehind: number;
}

export interface EntityHealth extends Health {
  /** What went wrong outside of the state, the latest ones. */
  readonly problems: readonly Problem[];
}

export interface ChildrenQuestion {
  /** Workflow id after which the page begins. */
  readonly after?: string;
  readonly limit?: number;
}

export interface ChangesQuestion {
  readonly since?: number;
}

export type ChildEntry = { readonly workflow: string } & Child;

/** Answers queries: what the definition lists as views, and how the entity is doing. Nothing of them changes anything. */
export function answerQueries(shell: EntityShell): void {
  const { definition } = shell;
  const answer = <A, R>(name: string, of: (question: A) => R): void =>
    setHandler(defineQuery<R, [A?]>(name), (question) => {
      try {
        return of(question ?? ({} as A));
      } catch (error) {
        throw isCodedError(error) ? new Error(`${error.code}: ${error.message} ${error.fix}`) : error;
      }
    });
  answer('state', (question: StateQuestion): StatePage => statePage(definition, known(shell), shell.changes.length, question));
  answer('progress', (): EntityProgress => progressOf(healthOf(known(shell))));
  answer('health', (): EntityHealth => ({ ...healthOf(known(shell)), problems: shell.problems }));
  answer('children', ({ after, limit = MOST_CHILDREN }: ChildrenQuestion): readonly ChildEntry[] =>
    childrenOf(known(shell), { limit: Math.min(limit, MOST_CHILDREN), ...(after !== undefined && { after }) }),
  );
  answer('changes', ({ since = 0 }: ChangesQuestion): ChangesSince => (known(shell), shell.changes.since(since, MOST_CHANGES)));
  for (const name of Object.keys(definition.views)) answer(name, () => runView(definition, known(shell), name));
}

function known({ state }: EntityShell) {
  if (!state) throw STATEFUL_STARTING();
  return state;
}

export function progressOf({ status, loads, children, linksBehind }: Health): EntityProgress {
  const all = Object.values(loads);
  const total = Object.values(children).reduce((sum, count) => sum + count, 0);
  const failing = all.filter(({ error }) => error !== undefined).length;
  const isLoading = all.some(({ loadedAt, error }) => loadedAt === undefined && error === undefined);
  const phase = status !== 'running' ? status : isLoading ? 'loading' : failing > 0 ? 'degraded' : 'live';
  return {
    phase,
    loads: { done: all.filter(({ loadedAt }) => loadedAt !== undefined).length, total: all.length, failing },
    children: { running: children.running, total },
    linksBehind,
  };
}
