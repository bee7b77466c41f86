import { shutdownBudget, type ConfigSchema, type Variable } from '@tributary/common/config';
import { GENERATED, escapeText, table } from './markdown.js';
import { projectOf, type LoadedModule } from './workspace.js';

/** What the page says of one app. */
export interface AppConfiguration {
  readonly schema: ConfigSchema;
  /** What Node itself is started with, which the program can't set from within. */
  readonly runEnvironment: Readonly<Record<string, string>>;
}

/**
 * The configuration of the apps whose modules export a `configSchema`.
 * @param readManifest gives an app's package.json by its name
 * @throws Error when a module exports none
 */
export function configurationsOf(modules: readonly LoadedModule[], readManifest: (app: string) => string): AppConfiguration[] {
  return modules.map(({ path, exports }) => {
    const schema = exports['configSchema'] as ConfigSchema | undefined;
    if (!schema) throw new Error(`${path} exports no configSchema`);
    const manifest = JSON.parse(readManifest(projectOf(path))) as Manifest;
    return { schema, runEnvironment: manifest.nx?.metadata?.runEnvironment ?? {} };
  });
}

interface Manifest {
  readonly nx?: { readonly metadata?: { readonly runEnvironment?: Readonly<Record<string, string>> } };
}

/** `docs/configuration.md`. */
export function renderConfigurationPage(apps: readonly AppConfiguration[]): string {
  const { activityDrainMs, workerGraceMs, sidecarBlockMs, podGraceMs } = shutdownBudget;
  return `${[
    GENERATED,
    '# Configuration',
    'Apps are configured by environment variables, read once at start and checked strictly: a value that is not allowed, a required variable that is missing and an unknown `TRIBUTARY_` variable end the start with `CONFIG_INVALID`, which lists all of them. A variable that is set to the empty text counts as unset. Credentials are not put into `TRIBUTARY_` variables: these take references, `secret://<store>/<name>[#key]`.',
    ...apps.flatMap(renderApp),
    '## Shutdown',
    'Each party must outlast the one before it. Who raises one of these raises those below it.',
    table(
      ['Party', 'Waits', 'Set by'],
      [
        ['Running activities', `${activityDrainMs} ms`, '`TRIBUTARY_SHUTDOWN_GRACE_MS`'],
        ['Worker', `${workerGraceMs} ms`, `the same, plus ${workerGraceMs - activityDrainMs} ms`],
        ['Sidecar', `${sidecarBlockMs} ms`, '`dapr.io/block-shutdown-duration`'],
        ['Pod', `${podGraceMs} ms`, '`terminationGracePeriodSeconds`'],
      ],
    ),
  ].join('\n\n')}\n`;
}

function renderApp({ schema, runEnvironment }: AppConfiguration): string[] {
  const { app, description, variables } = schema;
  const runtime = Object.entries(runEnvironment).map(([name, value]) => `\`${name}=${value}\``);
  return [
    `## ${app}`,
    escapeText(description),
    ...(runtime.length === 0 ? [] : [`To keep its memory small, start its process with ${runtime.join(' and ')}: these are read before the program is.`]),
    table(['Variable', 'Allowed', 'Default', 'What it is'], Object.values(variables).map(row)),
  ];
}

function row(variable: Variable<unknown>): string[] {
  const { name, aliases, allowed, unit, required, defaultText, fallback, description, effect } = variable;
  const also = aliases.map((alias) => ` or \`${alias}\``).join('');
  const byDefault = defaultText === undefined ? 'unset' : fallback === undefined ? escapeText(defaultText) : `\`${defaultText}\``;
  return [
    `\`${name}\`${also}`,
    escapeText(unit === undefined ? allowed : `${allowed}, in ${unit}`),
    required ? '**required**' : byDefault,
    escapeText(effect === undefined ? description : `${description} ${effect}`),
  ];
}
