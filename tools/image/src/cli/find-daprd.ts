import { findDaprd } from '@tributary/dev/binaries';

// Prints the path of the Dapr sidecar of this machine, and finds or makes it first where there is none.
void findDaprd().then(
  ({ path }) => { console.log(path); },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
