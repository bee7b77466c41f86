import { beforeAll, describe } from '@jest/globals';

import { pythonEnvironment, whyNoPython } from './python-environment.js';

const INSTALL_MS = 300_000;

/**
 * Declares a suite that needs Python with the packages of a file of requirements, which the first run installs from PyPI.
 * Where there is no Python its tests count as skipped, and the suite's name says why.
 */
export function describeWithPython(name: string, requirements: string, suite: (python: () => string) => void): void {
  const reason = whyNoPython();
  if (reason !== undefined) {
    describe.skip(`${name} (${reason})`, () => {
      suite(() => '');
    });
    return;
  }
  describe(name, () => {
    let python = '';
    beforeAll(async () => {
      const environment = await pythonEnvironment(requirements);
      if ('reason' in environment) throw new Error(environment.reason);
      python = environment.python;
    }, INSTALL_MS);
    suite(() => python);
  });
}
