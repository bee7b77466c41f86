import { escapeText, GENERATED } from './markdown.js';
import type { JsonSchema } from './schemas/json-schema.js';
import { exampleOf } from './schemas/schema-example.js';
import { schemaTable } from './schemas/schema-table.js';
import type { LoadedModule } from './workspace.js';

/** What the page says of a workflow type: entries of a `workflowTypes` list that a module of contracts exports. */
export interface WorkflowTypeEntry {
  readonly type: string;
  readonly taskQueue: string;
  readonly description: string;
  readonly input: JsonSchema;
  readonly result?: JsonSchema;
  /** Route of the API that starts it with the input as its body. */
  readonly route?: string;
}

/** The workflow types that modules export as `workflowTypes`, in their order. */
export function workflowTypesOf(modules: readonly LoadedModule[]): WorkflowTypeEntry[] {
  return modules.flatMap(({ exports }) => (exports['workflowTypes'] as readonly WorkflowTypeEntry[] | undefined) ?? []);
}

/** The page of workflow types: inputs, results, and how to start each. */
export function renderWorkflowTypesPage(types: readonly WorkflowTypeEntry[]): string {
  return `${[
    GENERATED,
    '# Workflow types',
    'Each can be started by Temporal\'s own command line, by any Temporal client, and where a route is given by the HTTP API. An input holds references to credentials (`secret://<store>/<name>#<key>`), never the credentials.',
    ...types.flatMap(renderType),
  ].join('\n\n')}\n`;
}

function renderType({ type, taskQueue, description, input, result, route }: WorkflowTypeEntry): string[] {
  const example = exampleOf(input, () => undefined);
  const json = JSON.stringify(example);
  const inputTable = schemaTable(input, plainName);
  const resultTable = result && schemaTable(result, plainName);
  return [
    `## ${type}`,
    escapeText(description),
    [`- Task queue: \`${taskQueue}\``, ...(route === undefined ? [] : [`- Route: \`POST ${route}\``])].join('\n'),
    '#### Input',
    ...(inputTable === undefined ? ['Nothing.'] : [inputTable]),
    fence('json', JSON.stringify(example, null, 2)),
    ...(resultTable === undefined ? [] : ['#### Result', resultTable]),
    '#### How to start it',
    fence('sh', `temporal workflow start --type ${type} --task-queue ${taskQueue} --input '${shellText(json)}'`),
    ...(route === undefined
      ? []
      : [fence('sh', `curl "$API${route}" -H "Authorization: Bearer $TRIBUTARY_API_KEY" -H 'content-type: application/json' -d '${shellText(json)}'`)]),
  ];
}

function plainName(name: string): string {
  return `\`${name}\``;
}

function shellText(text: string): string {
  return text.replaceAll("'", `'"'"'`);
}

function fence(language: string, content: string): string {
  return `\`\`\`${language}\n${content}\n\`\`\``;
}
