import { escapeText, GENERATED, table } from '../markdown.js';
import { schemaTable, typeText } from '../schemas/schema-table.js';
import type { SourcePage } from '../site/source-page.js';
import { Slugs } from '../site/slugs.js';
import { operationsOf, type OpenApiDocument, type Operation } from './openapi.js';
import { operationSection, schemaLink } from './operation-section.js';

export interface HttpApiOptions {
  /** Folder of the pages, as what links to them sees it: `docs`. */
  readonly folder: string;
  /** Markdown that stands before the list of operations. */
  readonly introduction?: string;
}

/** Pages of an HTTP API: one that lists all operations, one for each tag, and one with the schemas. */
export function httpApiPages(document: OpenApiDocument, { folder, introduction }: HttpApiOptions): SourcePage[] {
  const operations = operationsOf(document);
  const known = [...new Set((document.tags ?? []).map(({ name }) => name))];
  const used = [...new Set(operations.map(groupOf))];
  const groups = [...known.filter((name) => used.includes(name)), ...used.filter((name) => !known.includes(name))].map((name) => ({
    name,
    description: document.tags?.find((tag) => tag.name === name)?.description ?? '',
    operations: operations.filter((operation) => groupOf(operation) === name),
  }));
  const page = (name: string, label: string, markdown: string): SourcePage => ({
    source: `${folder}/${name}.md`,
    output: `${name}.html`,
    markdown,
    section: 'HTTP API',
    label,
  });
  return [
    page('http-api', 'All operations', overview(document, groups, introduction)),
    ...groups.map((group) => page(`http-api/${group.name}`, title(group.name), groupPage(group, document))),
    page('http-api/schemas', 'Schemas', schemasPage(document)),
  ];
}

interface Group {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

function overview({ info }: OpenApiDocument, groups: readonly Group[], introduction: string | undefined): string {
  return [
    GENERATED,
    introduction ?? `# HTTP API\n\n${escapeText(info.description ?? '')}`,
    '## Operations',
    ...groups.flatMap(({ name, description, operations }) => {
      const anchors = anchorsOf(operations);
      return [
        `### ${title(name)}`,
        escapeText(description),
        table(
          ['Operation', 'What it does', 'Role'],
          operations.map((operation, index) => [
            `\`${operation.method} ${operation.path}\``,
            `[${escapeText(operation.summary ?? operation.operationId)}](http-api/${name}.md#${anchors[index] ?? ''})`,
            operation['x-required-role'] ?? '',
          ]),
        ),
      ];
    }),
  ].join('\n\n');
}

function groupPage({ name, description, operations }: Group, document: OpenApiDocument): string {
  return [GENERATED, `# ${title(name)}`, escapeText(description), ...operations.map((operation) => operationSection(operation, document))].join('\n\n');
}

/** Anchors of the operations on the page of their group, by the headings that stand there. */
function anchorsOf(operations: readonly Operation[]): string[] {
  const slugs = new Slugs();
  return operations.map(({ summary, operationId }) => slugs.give(summary ?? operationId));
}

function schemasPage({ components }: OpenApiDocument): string {
  const sections = Object.entries(components?.schemas ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, schema]) => {
      const properties = schemaTable(schema, (each) => schemaLink(each));
      return [
        `## ${name}`,
        ...(schema.description === undefined ? [] : [escapeText(schema.description)]),
        properties ?? typeText(schema, schemaLink),
      ];
    });
  return [GENERATED, '# Schemas', 'What bodies and answers of the HTTP API look like.', ...sections].join('\n\n');
}

function groupOf({ tags }: Operation): string {
  return tags?.[0] ?? 'other';
}

function title(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
