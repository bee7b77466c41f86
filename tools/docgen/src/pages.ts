import { EVENT_CATALOGUE, type LaunchpadRecord } from '@tributary/transformers/launchpad';
import { configurationsOf, renderConfigurationPage } from './configuration-page.js';
import { errorsOf, renderErrorsPage } from './errors-page.js';
import { recordedSchemaOf, renderEventsDatabasePage } from './events-database-page.js';
import { renderEventsPage } from './events-page.js';
import { loadModules, readSource } from './workspace.js';

/** Raw records whose events stand as examples in the page of events. */
const RECORDS = 'libs/transformers/src/launchpad/testdata/records.json';

/** Text of every generated page by its path, relative to the root. */
export async function renderPages(): Promise<Record<string, string>> {
  const configurations = configurationsOf(await loadModules('apps/*/src/config.ts'), (app) => readSource(`apps/${app}/package.json`));
  return {
    'docs/errors.md': renderErrorsPage(errorsOf(await loadModules('{apps,libs,tools}/*/src/**/errors.ts'))),
    'docs/configuration.md': renderConfigurationPage(configurations),
    'docs/events.md': renderEventsPage(EVENT_CATALOGUE, JSON.parse(readSource(RECORDS)) as LaunchpadRecord[]),
    'docs/events-database.md': renderEventsDatabasePage(recordedSchemaOf(await loadModules('libs/etl/src/store/schema/current-schema.ts'))),
  };
}
