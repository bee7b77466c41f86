import { CheckedClient } from '../checked-client.js';
import { callEveryOperation } from './every-operation.js';
import { findSchemathesis, whyNoSchemathesis } from './find-schemathesis.js';
import { startFuzzStack } from './fuzz-stack.js';
import { runSchemathesis, type FuzzOptions } from './run-schemathesis.js';

const DEFAULT_SECONDS = 300;

/** Runs schemathesis over the built API, with a key for as many seconds as are asked for, and without one. */
async function main(seconds: number): Promise<boolean> {
  const missing = whyNoSchemathesis();
  if (missing !== undefined) throw new Error(`The fuzzer cannot run: ${missing}, or schemathesis in PATH or in TRIBUTARY_SCHEMATHESIS.`);
  const command = await findSchemathesis();
  const stack = await startFuzzStack({ built: true });
  try {
    const http = await CheckedClient.of(stack.url);
    const known = await callEveryOperation(http, stack);
    const both = { command, url: stack.url, known };
    const runs: readonly FuzzOptions[] = [
      { ...both, document: http.document, seconds, phases: ['examples', 'coverage'] },
      { ...both, key: http.key, seconds, phases: ['examples', 'coverage', 'fuzzing', 'stateful'] },
    ];
    let passed = true;
    for (const run of runs) {
      const report = await runSchemathesis(run);
      passed &&= report.passed;
      process.stdout.write(`${report.passed ? '' : report.output}\n${run.key === undefined ? 'Without' : 'With'} a key: ${String(report.cases)} answers, ${JSON.stringify(report.statuses)}, ${report.passed ? 'nothing found' : 'failed'}\n`);
    }
    return passed;
  } finally {
    await stack.stop();
  }
}

main(Number(process.argv[2] ?? DEFAULT_SECONDS)).then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
