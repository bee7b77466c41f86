import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';

/** What a workflow has been seen to do. */
export type Sight = 'start' | 'signal';

export interface SightSinks extends Sinks {
  readonly bench: { seen(what: Sight): void };
}

/** Tells the process of the worker when a workflow has begun, and when it has taken a signal; both kinds of workflows alike. */
export const interceptors = (): WorkflowInterceptors => {
  const { bench } = proxySinks<SightSinks>();
  return {
    inbound: [
      {
        execute(input, next) {
          bench.seen('start');
          return next(input);
        },
        async handleSignal(input, next) {
          await next(input);
          bench.seen('signal');
        },
      },
    ],
  };
};
