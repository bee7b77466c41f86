/**
 * Webpack loader for the entry that Temporal generates: it imports the workflows by their absolute path, whose length
 * would show in the source map. The entry stands beside them, so `./` will do.
 *
 * @this {{ resourcePath: string }}
 * @param {string} entry
 * @returns {string}
 */
module.exports = function relativeEntryLoader(entry) {
  const folder = JSON.stringify(this.resourcePath.replace(/[^\\/]*$/, '')).slice(0, -1);
  return entry.replaceAll(folder, '"./');
};
