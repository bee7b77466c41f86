import { renderConfigurationPage, schemasOf } from './configuration-page.js';
import { errorsOf, renderErrorsPage } from './errors-page.js';
import { loadModules } from './workspace.js';

/** Text of every generated page by its path, relative to the root. */
export async function renderPages(): Promise<Record<string, string>> {
  return {
    'docs/errors.md': renderErrorsPage(errorsOf(await loadModules('{apps,libs,tools}/*/src/**/errors.ts'))),
    'docs/configuration.md': renderConfigurationPage(schemasOf(await loadModules('apps/*/src/config.ts'))),
  };
}
