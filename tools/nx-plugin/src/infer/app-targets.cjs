const { basename } = require('node:path/posix');

/** @typedef {import('@nx/devkit').TargetConfiguration} Target */

const NODE = 'node_modules/.bin/node --conditions=@tributary/source --import tsx';

/** What the tools that make an app's files are made of: a change there makes the cached files stale. */
const TOOL_SOURCES = ['{workspaceRoot}/tools/nx-plugin/src/**/*.ts', '!{workspaceRoot}/tools/nx-plugin/src/**/*.spec.ts'];

/**
 * Targets of the app at `root` (relative to the workspace). `workflows`: whether it has workflows to bundle.
 * `build` of such an app makes the bundle too, so that `dist/` is all a worker needs beside its external packages.
 *
 * With `image`, what its package.json says of its image, it can be put into one.
 *
 * @param {string} root
 * @param {{ workflows: boolean, image?: { sites?: Record<string, string> } | undefined }} has
 * @returns {Record<string, Target>}
 */
function appTargets(root, { workflows, image }) {
  return {
    build: build(root, workflows),
    serve: serve(root),
    ...(workflows ? { 'bundle-workflows': bundleWorkflows(root), deployment: deployment(root) } : {}),
    ...(image ? { 'image-files': imageFiles(root, image.sites ?? {}), image: buildImage(root) } : {}),
  };
}

/** @type {(root: string, workflows: boolean) => Target} */
const build = (root, workflows) => ({
  ...command(`tools/nx-plugin/src/cli/build-app.ts ${root}`),
  cache: true,
  inputs: ['production', '^production', ...TOOL_SOURCES],
  outputs: ['{projectRoot}/dist/{main,failure-converter}.js', '{projectRoot}/dist/{main,failure-converter}.js.map'],
  ...(workflows ? { dependsOn: ['bundle-workflows'] } : {}),
  metadata: { technologies: ['esbuild'], description: 'Bundles the app into dist/main.js' },
});

/** @type {(root: string) => Target} */
const serve = (root) => ({
  ...command(`tools/dev/src/cli/main.ts serve ${basename(root)}`),
  continuous: true,
  cache: false,
  metadata: { technologies: ['node'], description: 'Runs the app from source beside its own sidecar, restarting on change' },
});

/** @type {(root: string) => Target} */
const bundleWorkflows = (root) => ({
  ...command(`tools/nx-plugin/src/cli/bundle-workflows.ts ${root}`),
  cache: true,
  inputs: ['production', '^production', ...TOOL_SOURCES],
  outputs: ['{projectRoot}/dist/workflow-bundle.js', '{projectRoot}/dist/workflow-bundle.json'],
  metadata: { technologies: ['temporal'], description: 'Builds the workflow bundle and checks its size and its modules' },
});

/** @type {(root: string) => Target} */
const deployment = (root) => ({
  ...command(`tools/deployment/src/cli/main.ts ${basename(root)}`),
  cache: false,
  metadata: { technologies: ['temporal'], description: 'Shows the builds of the worker, makes one current, ramps it, or drains an old one; see docs/guides/upgrades.md' },
});

/**
 * Puts together what the image holds; also run inside the image's own build. Sites that go into it are built before.
 *
 * @type {(root: string, sites: Record<string, string>) => Target}
 */
const imageFiles = (root, sites) => ({
  ...command(`tools/image/src/cli/assemble.ts ${basename(root)}`),
  cache: true,
  inputs: [
    'production',
    '^production',
    ...TOOL_SOURCES,
    '{workspaceRoot}/tools/image/src/**/*.ts',
    { dependentTasksOutputFiles: '**/*', transitive: false },
  ],
  outputs: ['{projectRoot}/dist/image'],
  dependsOn: ['build', ...Object.keys(sites).map((project) => ({ projects: [project], target: 'build' }))],
  metadata: { technologies: ['docker'], description: 'Puts together the files of the image, and checks their size and licences' },
});

/**
 * No image is built of workflows that running ones could not go on in.
 *
 * @type {(root: string) => Target}
 */
const buildImage = (root) => ({
  ...command(`tools/image/src/cli/build-image.ts ${basename(root)}`),
  cache: false,
  dependsOn: ['^replay'],
  metadata: { technologies: ['docker'], description: 'Builds the container image; needs a Docker engine' },
});

/** @type {(script: string) => Target} */
const command = (script) => ({
  executor: 'nx:run-commands',
  options: { cwd: '{workspaceRoot}', command: `${NODE} ${script}` },
});

module.exports = { appTargets };
