// What keeps code that runs in the workflow sandbox deterministic and small.
import { builtinModules } from 'node:module';

const BUILTINS = builtinModules.filter((name) => !name.startsWith('_'));

const CLIENTS = [
  '@dapr/dapr',
  '@temporalio/activity',
  '@temporalio/client',
  '@temporalio/testing',
  '@temporalio/worker',
  '@tributary/clients',
  'kysely',
  'pg',
];
const LOGGERS = ['pino', 'prom-client'];
const VALIDATORS = ['@sinclair/typebox', 'ajv', 'ajv-formats', 'zod'];

const withSubpaths = (names) => names.flatMap((name) => [name, `${name}/*`]);
const types = { allowTypeImports: true };

const GROUPS = {
  builtins: {
    group: [...withSubpaths(BUILTINS), 'node:*'],
    message: 'The workflow sandbox has no Node.js built-ins. Do this in an activity, or import types only.',
  },
  clients: {
    group: withSubpaths(CLIENTS),
    message: 'Workflow code talks to the world through activities. Import types only.',
  },
  loggers: {
    group: withSubpaths(LOGGERS),
    message: 'Use `log` and `metricMeter` of @temporalio/workflow, which are silent on replay.',
  },
  validators: {
    group: withSubpaths(VALIDATORS),
    message: 'Validators weigh more than the workflows. Validate in the API and in activities; import types only.',
  },
  commonSubpaths: {
    group: ['@tributary/common/*', '@tributary/workflow-contracts/schemas'],
    message: 'Only the root of @tributary/common and the contracts without their schemas run in the sandbox.',
  },
};

const imports = (...names) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: names.map((name) => ({ ...GROUPS[name], ...types })) }],
});

const unpatched = (name, instead) => ({
  name,
  message: `Temporal does not make \`${name}\` deterministic, or it does not exist in the sandbox. ${instead}`,
});

/** Globals that differ from one replay to the next or that the sandbox lacks. `Date` and `Math.random` are patched. */
const GLOBALS = [
  unpatched('performance', 'Use `Date.now()`.'),
  unpatched('crypto', 'Use `uuid4()` of @temporalio/workflow.'),
  unpatched('process', 'Pass what is needed in the input.'),
  unpatched('Buffer', 'Do this in an activity.'),
  unpatched('fetch', 'Do this in an activity.'),
  unpatched('setInterval', 'Use a loop with `sleep()`.'),
  unpatched('setImmediate', 'Use `await Promise.resolve()`.'),
  unpatched('WeakRef', 'Garbage collection is not deterministic.'),
  unpatched('FinalizationRegistry', 'Garbage collection is not deterministic.'),
  unpatched('Intl', 'It depends on the locale of the machine.'),
  unpatched('require', 'Use a static import.'),
];

const LOCAL_TIME = '/^(get(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)|toLocale(String|DateString|TimeString)|localeCompare)$/';

const SYNTAX = [
  { selector: 'Decorator', message: 'The workflow bundler compiles decorators differently from tsc. Use a plain function.' },
  { selector: 'ImportExpression', message: 'A workflow bundle is one file. Use a static import.' },
  {
    selector: `CallExpression > MemberExpression.callee[property.name=${LOCAL_TIME}]`,
    message: "It depends on the machine's time zone or locale, so a replay elsewhere differs. Use the UTC or plain form.",
  },
];

const sandbox = { 'no-restricted-globals': ['error', ...GLOBALS], 'no-restricted-syntax': ['error', ...SYNTAX] };

/** Workflows, interceptors and contracts. */
export const workflowRules = { ...imports('builtins', 'clients', 'loggers', 'validators', 'commonSubpaths'), ...sandbox };

/** The schemas of the contracts: they are made of TypeBox and never loaded by a workflow. */
export const schemaRules = imports('builtins', 'clients', 'loggers');

/** Code that runs on either side: what it does is up to its caller, but it must load in the sandbox. */
export const anywhereRules = imports('builtins', 'clients', 'loggers', 'validators');
