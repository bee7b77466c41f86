import { kustomize } from './kustomize.js';

/** `describe` for what needs Kustomize; where it can't be had the suite is skipped, and says why. */
export function describeRendered(name: string, tests: () => void): void {
  const program = kustomize();
  if ('path' in program) describe(name, tests);
  else describe.skip(`${name} (not run: ${program.missing})`, tests);
}
