import { proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { RetryPolicy } from '@temporalio/common';

/** Options of a step: how long an attempt may take, and how many there are, are never left to defaults. */
export type StepOptions = ActivityOptions & {
  readonly startToCloseTimeout: NonNullable<ActivityOptions['startToCloseTimeout']>;
  readonly retry: RetryPolicy & { readonly maximumAttempts: number };
};

/** A workflow with what starting and running it takes. The function's name is the workflow type. */
export interface Flow<I, R, S extends object> {
  (input: I): Promise<R>;
  /** The flow itself: `client.workflow.start(MockFlow.run, …)`. */
  readonly run: (input: I) => Promise<R>;
  /** Task queue of the workers that have it. */
  readonly queueName: string;
  /** Names of the activities that a worker of it must have. */
  readonly activities: readonly (keyof S & string)[];
}

/** The activities that a worker needs for a flow: an object of this type that lacks one does not compile. */
export type ActivitiesOf<F> = F extends Flow<never, unknown, infer S> ? S : never;

export interface FlowDefinition<I, R, S extends object> {
  readonly name: string;
  readonly queueName: string;
  /** Options of each activity; one that is left out does not compile. */
  readonly activities: { readonly [K in keyof S]: StepOptions };
  /** The workflow's code: deterministic, and nothing but `steps` touches the outside. */
  readonly run: (input: I, steps: S) => Promise<R>;
}

/**
 * Defines a flow with the activities `S`: `defineFlow<CustomActivities>()({ name, queueName, activities, run })`. Export
 * it from the worker's workflow module under its name.
 */
export function defineFlow<S extends object>() {
  return <I, R>({ name, queueName, activities, run }: FlowDefinition<I, R, S>): Flow<I, R, S> => {
    const names = Object.keys(activities) as (keyof S & string)[];
    const workflow = (input: I): Promise<R> => {
      const steps = names.map((step) => [step, proxyActivities<Record<string, never>>(activities[step])[step]]);
      return run(input, Object.fromEntries(steps) as S);
    };
    // Clients and the worker know a workflow by the name of its function.
    Object.defineProperty(workflow, 'name', { value: name });
    return Object.assign(workflow, { run: workflow, queueName, activities: names });
  };
}
