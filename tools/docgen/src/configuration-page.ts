import { shutdownBudget, workerProcessEnvironment, type ConfigSchema, type Variable } from '@tributary/common/config';
import { GENERATED, escapeText, table } from './markdown.js';
import type { LoadedModule } from './workspace.js';

/** The schemas that modules export as `configSchema`. @throws Error when one exports none */
export function schemasOf(modules: readonly LoadedModule[]): ConfigSchema[] {
  return modules.map(({ path, exports }) => {
    const schema = exports['configSchema'] as ConfigSchema | undefined;
    if (!schema) throw new Error(`${path} exports no configSchema`);
    return schema;
  });
}

/** `docs/configuration.md`. */
export function renderConfigurationPage(schemas: readonly ConfigSchema[]): string {
  const { activityDrainMs, workerGraceMs, sidecarBlockMs, podGraceMs } = shutdownBudget;
  return `${[
    GENERATED,
    '# Configuration',
    'Apps are configured by environment variables, read once at start and checked strictly: a value that is not allowed, a required variable that is missing and an unknown `TRIBUTARY_` variable end the start with `CONFIG_INVALID`, which lists all of them. A variable that is set to the empty text counts as unset. Credentials are not put into `TRIBUTARY_` variables: these take references, `secret://<store>/<name>[#key]`.',
    ...schemas.flatMap(renderSchema),
    '## Environment of a worker process',
    'Node reads these before the program does. Workers run without them too, but take more memory.',
    table(['Variable', 'Value'], Object.entries(workerProcessEnvironment).map(([name, value]) => [`\`${name}\``, `\`${value}\``])),
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

function renderSchema({ app, description, variables }: ConfigSchema): string[] {
  return [`## ${app}`, escapeText(description), table(['Variable', 'Allowed', 'Default', 'What it is'], Object.values(variables).map(row))];
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
