export { bundleApp } from './app-bundle.js';
export {
  buildWorkflowBundle,
  DEFAULT_BUDGET_BYTES,
  INTERCEPTOR_MODULES,
  type WorkflowBundle,
  type WorkflowBundleInfo,
  type WorkflowBundleOptions,
} from './build-workflow-bundle.js';
export { FORBIDDEN_MODULES } from './forbidden-modules.js';
export { writeWorkflowBundle } from './write-workflow-bundle.js';
