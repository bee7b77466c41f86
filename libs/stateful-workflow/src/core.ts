export { carry, carryBytes, restore, type Carry } from './carry/carry.js';
export { pack, unpack } from './packing/pack.js';
export { workflowIdOf, workflowName } from './children/workflow-id.js';
export type { Child, ChildStatus } from './children/child.js';
export { actionProblem } from './control/actions.js';
export type { Counters, DeadLetter } from './control/dead-letters.js';
export { messageProblem } from './control/message-problem.js';
export type { CoreState, Self, Status } from './core-state.js';
export { create, startInput, type CreateOptions, type TopStart } from './create.js';
export type { Delivery, Effect, LoadCredential, StartInput, StepOutcome } from './effects.js';
export {
  childrenOf,
  entityState,
  hasWork,
  healthOf,
  nextDue,
  normalizedState,
  rootView,
  runView,
  type CredentialSummary,
  type Health,
} from './inspect.js';
export type { LoadState } from './loading/load-state.js';
export type {
  AckMessage,
  Credential,
  Direction,
  FailedTarget,
  Inheritance,
  LinkMessage,
  LoadError,
  Message,
  MessageBody,
  Moment,
  Outcome,
  Target,
  Written,
} from './messages.js';
export { step, type StepResult } from './step.js';
