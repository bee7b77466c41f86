const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');

/** Writes a project's test counts where `.ci/run` can sum them over all projects. */
module.exports = class SummaryReporter {
  constructor(_config, options) {
    this.file = options.file;
  }

  onRunComplete(_contexts, results) {
    const summary = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(summary)}\n`);
  }
};
