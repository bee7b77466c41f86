import { Component, type ComponentChildren } from 'preact';
import { problemOf } from '../api/problem.js';
import { ProblemNotice } from './problem-notice.js';

interface Props {
  readonly children: ComponentChildren;
}

/** Keeps the rest of the page when a view fails. */
export class FailureBoundary extends Component<Props, { error?: unknown }> {
  static override getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <ProblemNotice problem={problemOf(error)}>
        <button type="button" onClick={() => { location.reload(); }}>
          Reload
        </button>
      </ProblemNotice>
    );
  }
}
