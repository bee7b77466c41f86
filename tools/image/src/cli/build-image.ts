import { isCodedError } from '@tributary/common';
import { parseArgs } from 'node:util';
import { buildImage } from '../docker/build-image.js';

const USAGE = `Usage: npx nx run <app>:image [-- options]
  --base-image <image>   of the runtime; also BASE_IMAGE
  --build-image <image>  that builds; also BUILD_IMAGE
  --repository <name>    without a tag (tributary/<app>)
  --tag <tag>            beside the build id (local)
  --no-cache             build everything anew`;

/** `build-image <app> [options]`, run at the workspace root. */
async function main(args: readonly string[]): Promise<number> {
  const string = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'base-image': string, 'build-image': string, repository: string, tag: string, 'no-cache': { type: 'boolean' } },
  });
  const [app] = positionals;
  if (app === undefined || positionals.length > 1) {
    console.error(USAGE);
    return 2;
  }
  try {
    const { env } = process;
    const { buildId, references, bytes } = await buildImage({
      workspaceRoot: process.cwd(),
      app,
      baseImage: values['base-image'] ?? env['BASE_IMAGE'],
      buildImage: values['build-image'] ?? env['BUILD_IMAGE'],
      repository: values.repository,
      tag: values.tag,
      noCache: values['no-cache'],
      env,
    });
    console.log(`${references.join(', ')}: ${String(bytes)} bytes, build id ${buildId}`);
    return 0;
  } catch (error) {
    if (!isCodedError(error)) throw error;
    console.error(`${error.code}: ${error.message}\n${error.fix}`);
    return 1;
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error(USAGE);
    process.exitCode = 2;
  },
);
