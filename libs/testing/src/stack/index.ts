export { startInProcessWorker } from './in-process-worker.js';
export type { InProcessWorkerOptions } from './in-process-worker.js';
export { startBuiltApp } from './built-app.js';
export type { BuiltApp, BuiltAppOptions } from './built-app.js';
export { createDatabase, inputFor } from './test-source.js';
export { startTestStack } from './test-stack.js';
export type { TestStack, TestStackOptions } from './test-stack.js';
export { waitFor } from './wait-for.js';
export { buildWorkflowBundle } from './workflow-bundle.js';
