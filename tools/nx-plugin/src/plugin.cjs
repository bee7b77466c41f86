// Plain JavaScript, as Nx loads this before anything is built and on whichever Node the host has.
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const { appTargets } = require('./infer/app-targets.cjs');
const { replay } = require('./infer/replay-target.cjs');

/**
 * Gives every app its targets: `build` and `serve` to a folder with `src/main.ts`, `bundle-workflows` to one that also
 * has `src/workflows.ts`, `image` to one whose package.json has `nx.metadata.image`. A folder without `src/main.ts` gets
 * nothing. Gives every lib with recorded histories the target `replay`.
 *
 * @type {import('@nx/devkit').CreateNodes}
 */
const createNodes = [
  '{apps/*/{package.json,src/main.ts,src/workflows.ts},libs/*/package.json}',
  (files, _options, { workspaceRoot }) =>
    projectRoots(files).flatMap((root) => {
      /** @param {string} file */
      const has = (file) => existsSync(join(workspaceRoot, root, file));
      if (root.startsWith('libs/')) {
        return has('testdata/histories') ? [[`${root}/package.json`, { projects: { [root]: { targets: { replay: replay() } } } }]] : [];
      }
      if (!has('package.json') || !has('src/main.ts')) return [];
      const image = imageOf(join(workspaceRoot, root, 'package.json'));
      const targets = appTargets(root, { workflows: has('src/workflows.ts'), image });
      return [[`${root}/package.json`, { projects: { [root]: { targets } } }]];
    }),
];

/**
 * What an app's package.json says of its image, if it is to have one.
 *
 * @param {string} manifest
 * @returns {{ sites?: Record<string, string> } | undefined}
 */
function imageOf(manifest) {
  return JSON.parse(readFileSync(manifest, 'utf8')).nx?.metadata?.image;
}

/**
 * The folders of the projects that matched files stand in, once each.
 *
 * @param {readonly string[]} files
 * @returns {string[]}
 */
function projectRoots(files) {
  const roots = files.map((file) => {
    const folder = dirname(file).replaceAll('\\', '/');
    return folder.endsWith('/src') ? dirname(folder) : folder;
  });
  return [...new Set(roots)].sort();
}

module.exports = { name: '@tributary/nx-plugin', createNodes };
