import { escapeText, table } from '../markdown.js';
import { nameOfRef, type JsonSchema } from '../schemas/json-schema.js';
import { exampleOf } from '../schemas/schema-example.js';
import { schemaTable, typeText } from '../schemas/schema-table.js';
import { mediaOf, type Content, type OpenApiDocument, type Operation, type Parameter } from './openapi.js';

const WHERE: readonly Parameter['in'][] = ['path', 'query', 'header'];

/** Who may call it, in words; undefined when the document does not say. */
function callers({ security, 'x-required-role': role }: Operation): string | undefined {
  if (security?.length === 0) return 'everybody, without a key';
  if (role === 'sidecar') return 'the Dapr sidecar, by its app API token';
  return role && `role \`${role}\``;
}

/** What a page of a group says of one operation, in Markdown. */
export function operationSection(operation: Operation, document: OpenApiDocument): string {
  const { method, path, summary, operationId, description, parameters = [], requestBody, deprecated } = operation;
  const allowed = callers(operation);
  return [
    `## ${summary ?? operationId}`,
    `\`\`\`http\n${method} ${path}\n\`\`\``,
    ...(deprecated ? ['**Deprecated.**'] : []),
    ...(description === undefined ? [] : [escapeText(description)]),
    ...(allowed === undefined ? [] : [`**Who may call it:** ${allowed}.`]),
    ...(parameters.length === 0 ? [] : ['#### Parameters', parameterTable(parameters)]),
    ...bodySection(requestBody, document),
    '#### Request',
    curl(operation, document),
    '#### Responses',
    ...responseSection(operation, document),
  ].join('\n\n');
}

function parameterTable(parameters: readonly Parameter[]): string {
  const sorted = [...parameters].sort((a, b) => WHERE.indexOf(a.in) - WHERE.indexOf(b.in));
  return table(
    ['Name', 'In', 'Type', 'Present', 'What'],
    sorted.map(({ name, in: place, schema = {}, required, description = schema.description ?? '' }) => [
      `\`${name}\``,
      place,
      typeText(schema, schemaLink),
      required ? 'always' : '',
      [escapeText(description), ...(schema.default === undefined ? [] : [`Default: \`${JSON.stringify(schema.default)}\`.`])].join(' '),
    ]),
  );
}

function bodySection(body: Operation['requestBody'], document: OpenApiDocument): string[] {
  const found = mediaOf(body?.content);
  if (!body || !found) return [];
  const { type, media } = found;
  return ['#### Body', `\`${type}\`${body.required ? '' : ', optional'}: ${describe(media.schema)}`, ...tableOf(media.schema, document)];
}

function responseSection({ responses = {} }: Operation, document: OpenApiDocument): string[] {
  const all = Object.entries(responses);
  const problems = all.filter(([, { content }]) => mediaOf(content)?.type === 'application/problem+json').map(([status]) => status);
  const own = all.filter(([status]) => !problems.includes(status));
  const sections = own.flatMap(([status, response]) => {
    const found = mediaOf(response.content);
    const text = response.description === undefined || response.description === 'Default Response' ? '' : ` ${escapeText(response.description)}`;
    const headers = Object.entries(response.headers ?? {}).map(([name, header]) => `- Header \`${name}\`: ${escapeText(header.description ?? '')}`);
    return [
      `**${status}**${text}${found ? ` \`${found.type}\`: ${describe(found.media.schema)}` : ''}`,
      ...(headers.length === 0 ? [] : [headers.join('\n')]),
      ...(found && isJson(found.type) ? exampleSection(response, document) : []),
    ];
  });
  const refused = problems.length === 0 ? [] : [`**${problems.join(', ')}** \`application/problem+json\`: ${schemaLink('Problem')}, with a code and what to do.`];
  return [...sections, ...refused];
}

function exampleSection(response: Content, document: OpenApiDocument): string[] {
  const example = bodyExample(response, document);
  return example === undefined || example === null ? [] : [`\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``];
}

/** The example of a body: its own, or one made from its schema. */
function bodyExample({ content }: Content, document: OpenApiDocument): unknown {
  const media = mediaOf(content)?.media;
  if (!media) return undefined;
  const [given] = Object.values(media.examples ?? {});
  return media.example ?? given?.value ?? exampleOf(media.schema ?? {}, (ref) => document.components?.schemas?.[nameOfRef(ref)]);
}

function curl({ method, path, parameters = [], requestBody, security }: Operation, document: OpenApiDocument): string {
  const query = parameters.filter(({ in: place, required }) => place === 'query' && required).map(({ name }) => `${name}=…`);
  const url = `"$API${path}${query.length === 0 ? '' : `?${query.join('&')}`}"`;
  const headers = parameters.filter(({ in: place, required }) => place === 'header' && required).map(({ name }) => ` \\\n  -H '${name}: …'`);
  const body = requestBody && bodyExample(requestBody, document);
  const type = mediaOf(requestBody?.content)?.type;
  return [
    '```sh',
    `curl ${method === 'GET' ? '' : `-X ${method} `}${url}${security?.length === 0 ? '' : ` \\\n  -H "Authorization: Bearer $TRIBUTARY_API_KEY"`}${headers.join('')}${
      body === undefined || type === undefined ? '' : ` \\\n  -H 'content-type: ${type}' \\\n  -d '${JSON.stringify(body, null, 2).replaceAll("'", `'"'"'`)}'`
    }`,
    '```',
  ].join('\n');
}

function isJson(type: string): boolean {
  return /json$/.test(type) && type !== 'application/x-ndjson';
}

function describe(schema: JsonSchema | undefined): string {
  return schema === undefined || Object.keys(schema).length === 0 ? 'anything' : typeText(schema, schemaLink);
}

/** The table of a schema that has no page of its own. */
function tableOf(schema: JsonSchema | undefined, document: OpenApiDocument): string[] {
  const target = schema?.$ref === undefined ? schema : document.components?.schemas?.[nameOfRef(schema.$ref)];
  const found = target && schemaTable(target, schemaLink);
  return found === undefined ? [] : [found];
}

/** Link to the section of a named schema. */
export function schemaLink(name: string): string {
  return `[${name}](schemas.md#${name.toLowerCase()})`;
}
