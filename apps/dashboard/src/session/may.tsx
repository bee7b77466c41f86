import type { ComponentChildren } from 'preact';
import { useMay } from './caller.js';
import type { Operation } from './operations.js';

export interface MayProps {
  /** Shown to callers who may call it. */
  readonly operation: Operation;
  readonly children: ComponentChildren;
}

/** What is offered to those alone who may do it. */
export function May({ operation, children }: MayProps) {
  return useMay()(operation) ? <>{children}</> : null;
}
