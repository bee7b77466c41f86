// Shared by every project's jest.config.cjs: one compiler (swc), one way to resolve our packages (from source).
const { basename, join } = require('node:path');

/** Jest configuration of one project. `root` is the project's folder. */
module.exports = function preset(root, overrides = {}) {
  return {
    rootDir: root,
    displayName: basename(root),
    testEnvironment: 'node',
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    transform: {
      '^.+\\.[cm]?tsx?$': [
        '@swc/jest',
        {
          swcrc: false,
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', decorators: true },
            transform: { decoratorVersion: '2022-03' },
            keepClassNames: true,
          },
          module: { type: 'commonjs' },
          sourceMaps: 'inline',
        },
      ],
    },
    testEnvironmentOptions: { customExportConditions: ['@tributary/source', 'node', 'require', 'default'] },
    moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
    // Our ESM-style relative imports end in .js and mean the .ts beside them.
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    setupFilesAfterEnv: [join(__dirname, 'retry-in-ci.cjs')],
    // What a failed test leaves behind must not hold up the run of all projects.
    forceExit: Boolean(process.env.CI),
    reporters: ['default', [join(__dirname, 'summary-reporter.cjs'), { file: join(root, 'test-output', 'summary.json') }]],
    ...overrides,
  };
};
