import type { ComponentType } from 'preact';
import type { Operation } from '../session/operations.js';
import type { IconName } from '../ui/icon.js';

export interface ViewProps {
  /** What stands in the address for `:name` parts of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** A page of the dashboard. Its code is loaded when somebody goes there. */
export interface View {
  /** Segments behind `#/`: `runs/:workflowId`. */
  readonly route: string;
  readonly title: string;
  /** Its place in the navigation; views without one are reached from others. */
  readonly navigation?: { readonly icon: IconName };
  /** Operations of which the caller has to be allowed one at least, as there is nothing else to do in it. */
  readonly needs?: readonly Operation[];
  readonly load: () => Promise<{ readonly default: ComponentType<ViewProps> }>;
}
