// Who may import whom, by the two tags in each package.json: `type:` is the layer, `runtime:` where the code can run.

/** Layers below each layer; the house of docs/architecture.md. */
const LAYERS = {
  app: ['domain', 'framework', 'host', 'client', 'transformer', 'contracts', 'common'],
  domain: ['framework', 'host', 'client', 'transformer', 'contracts', 'common'],
  framework: ['host', 'client', 'transformer', 'contracts', 'common'],
  host: ['client', 'contracts', 'common'],
  client: ['contracts', 'common'],
  transformer: ['contracts', 'common'],
  contracts: ['common'],
  common: [],
  testing: ['testing', 'tool', 'domain', 'framework', 'host', 'client', 'transformer', 'contracts', 'common'],
  tool: ['tool', 'testing', 'domain', 'framework', 'host', 'client', 'transformer', 'contracts', 'common'],
};

/** What code of each runtime may load: the sandbox only what runs everywhere. */
const RUNTIMES = {
  sandbox: ['sandbox', 'any'],
  any: ['any', 'sandbox'],
  node: ['node', 'any', 'sandbox'],
  browser: ['any', 'sandbox'],
};

const tags = (axis, names) => names.map((name) => `${axis}:${name}`);
const constraints = (axis, allowed) =>
  Object.entries(allowed).map(([name, targets]) => ({
    sourceTag: `${axis}:${name}`,
    onlyDependOnLibsWithTags: tags(axis, targets),
  }));

/** Testing and the tools it stands on are used by the specs of the very libs they import; the code has no such circle. */
const options = {
  enforceBuildableLibDependency: false,
  ignoredCircularDependencies: [
    ['testing', '*'],
    ['dev', '*'],
    ['nx-plugin', '*'],
  ],
};

const rule = (depConstraints) => ({ '@nx/enforce-module-boundaries': ['error', { ...options, depConstraints }] });

export const productionBoundaries = rule([...constraints('type', LAYERS), ...constraints('runtime', RUNTIMES)]);

/** A spec may use anything but an app. */
export const specBoundaries = rule([{ sourceTag: '*', onlyDependOnLibsWithTags: tags('type', LAYERS.tool) }]);
