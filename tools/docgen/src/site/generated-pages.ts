import type { OpenApiDocument } from '../http-api/openapi.js';
import { httpApiPages } from '../http-api/http-api-pages.js';
import { renderLiveEntitiesPage, type LiveEntityType } from '../live-entities-page.js';
import { renderWorkflowTypesPage, workflowTypesOf } from '../workflow-types-page.js';
import { loadModules, readSource } from '../workspace.js';
import type { SourcePage } from './source-page.js';

/** The pages of this project that are made anew with each site and stand in no file: workflow types, live entities, HTTP API. */
export async function generatedPages(): Promise<SourcePage[]> {
  const types = workflowTypesOf(await loadModules('libs/workflow-contracts/src/schemas/workflow-types.ts'));
  return [
    { source: 'docs/workflow-types.md', output: 'workflow-types.html', markdown: renderWorkflowTypesPage(types), section: 'Reference' },
    { source: 'docs/live-entities.md', output: 'live-entities.html', markdown: renderLiveEntitiesPage(await liveEntityTypes()), section: 'Reference' },
    ...httpApiPages(await openApiDocument(), { folder: 'docs', introduction: readSource('docs/http-api.md') }),
  ];
}

interface EntityTypesModule {
  readonly ENTITY_TYPES?: readonly unknown[];
  readonly describeEntityType?: (type: unknown) => LiveEntityType;
}

/** The types of live entities as the starter API describes them. */
async function liveEntityTypes(): Promise<LiveEntityType[]> {
  const [module] = await loadModules('apps/starter-api/src/entities/entity-types.ts');
  const { ENTITY_TYPES, describeEntityType }: EntityTypesModule = module?.exports ?? {};
  if (!ENTITY_TYPES || !describeEntityType) throw new Error('apps/starter-api/src/entities/entity-types.ts describes no types');
  return ENTITY_TYPES.map((type) => describeEntityType(type));
}

/** The starter API's own document: the app is built, and never listens. */
async function openApiDocument(): Promise<OpenApiDocument> {
  const [module] = await loadModules('apps/starter-api/src/openapi-document.ts');
  const read = module?.exports['openApiDocument'] as (() => Promise<OpenApiDocument>) | undefined;
  if (!read) throw new Error('apps/starter-api/src/openapi-document.ts exports no openApiDocument');
  return read();
}
