import { defineError } from '@tributary/common';

export const bundleFailed = defineError('WORKFLOW_BUNDLE_FAILED', {
  recovery: 'fatal',
  status: 500,
  message: 'The workflows in {workflows} could not be bundled:\n{reason}',
  fix: 'Correct the import or the syntax that the bundler names, then bundle again.',
});

export const bundleForbiddenModule = defineError('WORKFLOW_BUNDLE_FORBIDDEN_MODULE', {
  recovery: 'fatal',
  status: 500,
  message: 'Workflow code in {workflows} reaches modules that may not run in the workflow sandbox:\n{modules}',
  fix:
    'Break the chain at the import that leaves workflow code: import types with `import type`, move the work into an ' +
    'activity, or move the constant or function that is needed into @tributary/workflow-contracts.',
});

export const bundleTooLarge = defineError('WORKFLOW_BUNDLE_TOO_LARGE', {
  recovery: 'fatal',
  status: 500,
  message: 'The workflow bundle of {workflows} has {bytes} bytes; its budget is {budget}. Largest parts:\n{largest}',
  fix:
    'Every cached workflow pays for these bytes. Import the one function that is needed instead of a whole library, or ' +
    'raise `nx.metadata.workflowBundle.budgetBytes` in the app\'s package.json and say why in the commit.',
});
