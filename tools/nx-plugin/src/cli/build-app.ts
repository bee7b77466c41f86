import { buildApp } from '../app-build/build-app.js';

/** `build-app <app folder>`, run at the workspace root. */
async function main([appRoot]: readonly string[]): Promise<number> {
  if (appRoot === undefined) {
    console.error('Usage: build-app <app folder>, for example apps/starter-api');
    return 2;
  }
  for (const { file, bytes } of await buildApp(process.cwd(), appRoot)) console.log(`${file}: ${bytes} bytes`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  // esbuild has printed what is wrong and where.
  () => {
    process.exitCode = 1;
  },
);
