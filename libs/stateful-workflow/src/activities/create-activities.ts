import type { WorkerFacts } from '../workflow/contract.js';
import { callActivity, loadActivity, type AccessOptions, type CallFunction, type LoadFunction } from './load-activity.js';
import { shellActivities, type EventTarget } from './shell-activities.js';

export interface StatefulActivityOptions extends AccessOptions {
  /** Loaders by the name of the activity that the definitions give them. */
  readonly loaders?: Readonly<Record<string, LoadFunction>>;
  /** What actions call, by the name of the activity that the definitions give it. */
  readonly calls?: Readonly<Record<string, CallFunction>>;
  /** Where events go; needed as soon as a definition has some. */
  readonly events?: EventTarget;
  /** Whether payloads are encrypted, and whether the server knows the search attributes. @default neither */
  readonly facts?: Partial<WorkerFacts>;
}

/** All activities that a worker of entities registers: those of the framework, and those of its definitions by name. */
export function createStatefulActivities(options: StatefulActivityOptions) {
  const { loaders = {}, calls = {} } = options;
  return {
    ...Object.fromEntries(Object.entries(loaders).map(([name, load]) => [name, loadActivity(load, options)])),
    ...Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, callActivity(call, options)])),
    ...shellActivities(options),
  };
}
