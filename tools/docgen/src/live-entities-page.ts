import { escapeText, GENERATED, table } from './markdown.js';
import type { JsonSchema } from './schemas/json-schema.js';
import { exampleOf } from './schemas/schema-example.js';
import { schemaTable, typeText } from './schemas/schema-table.js';

/** What the page says of a type of live entities: what `GET /v1/entity-types` answers. */
export interface LiveEntityType {
  readonly type: string;
  readonly title: string;
  readonly entity: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly start: JsonSchema;
  readonly actions: readonly { readonly name: string; readonly input: JsonSchema }[];
  readonly views: readonly string[];
  readonly loaders: readonly string[];
  readonly fields: readonly string[];
}

/** The page of the types of live entities. */
export function renderLiveEntitiesPage(types: readonly LiveEntityType[]): string {
  return `${[
    GENERATED,
    '# Live entities',
    'Each entity of these types is a workflow that lives as long as what it stands for. [Trees of live entities](guides/stateful-hierarchy.md) says how they behave, and which signals, updates and queries all of them have.',
    ...types.flatMap(renderType),
  ].join('\n\n')}\n`;
}

function renderType({ type, title, entity, workflowType, taskQueue, start, actions, views, loaders, fields }: LiveEntityType): string[] {
  const plain = (name: string): string => `\`${name}\``;
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.map(plain).join(', '));
  const input = schemaTable(start, plain);
  const inputOf = (schema: JsonSchema): string => {
    const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => `\`${name}\`: ${typeText(property, plain)}`);
    return properties.length === 0 ? 'none' : properties.join('; ');
  };
  const example = JSON.stringify(exampleOf(start, () => undefined)).replaceAll("'", `'"'"'`);
  return [
    `## ${entity}`,
    `${escapeText(title)}.`,
    [
      `- Workflow type: \`${workflowType}\`, task queue \`${taskQueue}\`, workflow id \`${entity}/<id>\``,
      `- In the HTTP API: \`/v1/entities/${type}\``,
      `- Fields: ${list(fields)}`,
      `- Views: ${list(views)}`,
      `- Loads: ${list(loaders)}`,
    ].join('\n'),
    ...(input === undefined ? [] : ['#### Start', input, `\`\`\`sh\ntemporal workflow start --type ${workflowType} --task-queue ${taskQueue} --workflow-id '${entity}/…' --input '${example}'\n\`\`\``]),
    ...(actions.length === 0 ? [] : ['#### Actions', table(['Action', 'Input'], actions.map(({ name, input: schema }) => [plain(name), inputOf(schema)]))]),
  ];
}
