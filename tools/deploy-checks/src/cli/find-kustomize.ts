import { findKustomize } from '@tributary/dev/binaries';

// Prints the path of Kustomize, and finds or makes it first; ends with 1 and the reason where it can't be had.
void findKustomize().then(
  ({ path }) => { console.log(path); },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
