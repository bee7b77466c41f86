import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { productionBoundaries, specBoundaries } from './tools/eslint/boundaries.mjs';
import { anywhereRules, schemaRules, workflowRules } from './tools/eslint/workflow-purity.mjs';

/** Tests and what only tests use. */
const SPECS = ['**/*.spec.ts', '**/e2e/**/*.ts'];
const TYPED = ['**/*.{ts,tsx}'];
const SCRIPTS = ['**/*.{js,cjs,mjs}'];

export default defineConfig(
  { ignores: ['**/node_modules', '**/dist', '**/test-output', '**/coverage', '.nx', '.tributary', '**/testdata'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: TYPED,
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A port's method is async by its contract, whether or not an implementation has anything to wait for.
      '@typescript-eslint/require-await': 'off',
      // `${count}` is how numbers are written into messages.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: SCRIPTS, languageOptions: { globals: nodeGlobals('readonly') } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  // Programs talk to a terminal; everything else logs.
  { files: ['tools/**/*.ts'], rules: { 'no-console': 'off' } },

  { files: TYPED, plugins: { '@nx': nx }, rules: productionBoundaries },
  {
    files: ['libs/common/src/**/*.ts', 'libs/transformers/src/**/*.ts'],
    ignores: ['libs/common/src/{config,logging}/**', '**/generate.ts'],
    rules: anywhereRules,
  },
  {
    files: [
      'apps/*/src/workflows.ts',
      'libs/*/src/workflows/**/*.ts',
      'libs/worker-host/src/workflow-interceptors/**/*.ts',
      'libs/stateful-workflow/src/*.ts',
      'libs/stateful-workflow/src/{carry,children,control,credentials,definitions,links,loading,state,workflow}/**/*.ts',
      'libs/workflow-contracts/src/**/*.ts',
    ],
    rules: workflowRules,
  },
  {
    files: ['libs/workflow-contracts/src/schemas/**/*.ts'],
    rules: { ...schemaRules, 'no-restricted-globals': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: SPECS,
    rules: {
      ...specBoundaries,
      '@typescript-eslint/no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  prettier,
);

function nodeGlobals(access) {
  const names = [
    '__dirname',
    '__filename',
    'AbortController',
    'AbortSignal',
    'Buffer',
    'clearInterval',
    'clearTimeout',
    'console',
    'exports',
    'fetch',
    'module',
    'performance',
    'process',
    'require',
    'setInterval',
    'setTimeout',
    'URL',
  ];
  return Object.fromEntries(names.map((name) => [name, access]));
}
