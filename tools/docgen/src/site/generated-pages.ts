import type { OpenApiDocument } from '../http-api/openapi.js';
import { httpApiPages } from '../http-api/http-api-pages.js';
import { renderWorkflowTypesPage, workflowTypesOf } from '../workflow-types-page.js';
import { loadModules, readSource } from '../workspace.js';
import type { SourcePage } from './source-page.js';

/** The pages of this project that are made anew with each site and stand in no file: HTTP API and workflow types. */
export async function generatedPages(): Promise<SourcePage[]> {
  const types = workflowTypesOf(await loadModules('libs/workflow-contracts/src/schemas/workflow-types.ts'));
  return [
    { source: 'docs/workflow-types.md', output: 'workflow-types.html', markdown: renderWorkflowTypesPage(types), section: 'Reference' },
    ...httpApiPages(await openApiDocument(), { folder: 'docs', introduction: readSource('docs/http-api.md') }),
  ];
}

/** The starter API's own document: the app is built, and never listens. */
async function openApiDocument(): Promise<OpenApiDocument> {
  const [module] = await loadModules('apps/starter-api/src/openapi-document.ts');
  const read = module?.exports['openApiDocument'] as (() => Promise<OpenApiDocument>) | undefined;
  if (!read) throw new Error('apps/starter-api/src/openapi-document.ts exports no openApiDocument');
  return read();
}
