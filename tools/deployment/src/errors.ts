import { defineError } from '@tributary/common';

export const DEPLOYMENT_USAGE = defineError('DEPLOYMENT_USAGE', {
  recovery: 'fatal',
  message: '{problem}',
  fix: 'Usage: {usage}',
});

export const DEPLOYMENT_UNKNOWN = defineError('DEPLOYMENT_UNKNOWN', {
  recovery: 'fatal',
  message: 'Namespace {namespace} of {address} has no Worker Deployment {deployment}. It has: {known}.',
  fix: 'Start a worker with TRIBUTARY_DEPLOYMENT_NAME={deployment} and a TRIBUTARY_BUILD_ID; its first poll makes the deployment. Or name another one with --deployment.',
});

export const DEPLOYMENT_BUILD_UNKNOWN = defineError('DEPLOYMENT_BUILD_UNKNOWN', {
  recovery: 'fatal',
  message: 'Deployment {deployment} has no build {buildId}. It has: {known}.',
  fix: 'Give the build id of the image (its tag, and TRIBUTARY_BUILD_ID in it), and start a worker of that build first.',
});

export const DEPLOYMENT_NOT_POLLED = defineError('DEPLOYMENT_NOT_POLLED', {
  recovery: 'fatal',
  message: 'Build {buildId} of {deployment} gets no tasks: no worker of it has polled {queues} in the last {seconds} s.',
  fix: 'Start its workers, wait until they are ready, and repeat the command. What it would be given until then would wait, and time out.',
});

export const DEPLOYMENT_CHANGED = defineError('DEPLOYMENT_CHANGED', {
  recovery: 'fatal',
  message: 'Temporal refused the change of {deployment}: {reason}',
  fix: 'Look at it with `status`; somebody else may have changed it meanwhile, or the Worker Controller manages it. Then repeat the command.',
});

export const DEPLOYMENT_IN_USE = defineError('DEPLOYMENT_IN_USE', {
  recovery: 'fatal',
  message: 'Build {buildId} of {deployment} is {status}: it gets new workflows, so it never drains.',
  fix: 'Make another build current first: `set-current --build-id <other>`. End a ramp with `ramp --percent 0`.',
});

export const DEPLOYMENT_ABANDONED = defineError('DEPLOYMENT_ABANDONED', {
  recovery: 'fatal',
  message: '{open} workflows are pinned to build {buildId} of {deployment}, and no worker of it polls {queues}. They stand still.',
  fix: 'Start a worker of that build again and let it drain.',
});

export const DEPLOYMENT_ENTITIES_UNKNOWN = defineError('DEPLOYMENT_ENTITIES_UNKNOWN', {
  recovery: 'fatal',
  message: 'Workflow {workflowId} did not say which signals it takes: {reason}',
  fix: 'Name the workflow types of live entities yourself: `--entities Organization,Source`. With encrypted payloads that is always needed.',
});

export const DEPLOYMENT_NOT_DRAINED = defineError('DEPLOYMENT_NOT_DRAINED', {
  recovery: 'retry',
  message: 'Build {buildId} of {deployment} was not drained after {seconds} s: {reason}.',
  fix: 'Keep its workers running and repeat the command, with a longer --timeout if its workflows take longer. They end by themselves, or cancel those that need not end.',
});
