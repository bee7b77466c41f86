import type { ExtractionManifest, ExtractionProgress, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import { ProgressView, summaryLines } from '../run/index.js';
import type { ApiClient } from '../run/index.js';
import { SQL_METADATA_WORKER, startInfrastructure, STARTER_API } from '../stack/index.js';
import type { Screen } from '../terminal/index.js';
import { runFailed } from './job.js';
import type { Job } from './job.js';
import { errorText } from './report-error.js';
import { orderForSample } from './source-option.js';
import type { ExtractionOrder } from './source-option.js';

const TYPE = 'extractSqlMetadata';

/** One extraction, of the sample unless another one is given. */
export function extractionJob(given: ExtractionOrder | undefined): Job {
  return {
    apps: [
      { app: SQL_METADATA_WORKER, title: 'SQL metadata worker' },
      { app: STARTER_API, title: 'Starter API' },
    ],
    prepare: async (context) => {
      const infrastructure = await startInfrastructure({ ...context, withSample: true, launchpad: { serviceRoot: 'production' } });
      const { input, secrets } = given ?? orderForSample(infrastructure);
      const { objects } = context.layout;
      return { infrastructure, input, secrets, run: (api, screen) => extract(api, { input, secrets }, objects, screen) };
    },
  };
}

async function extract(api: ApiClient, { input }: ExtractionOrder, objects: string, screen: Screen): Promise<boolean> {
  await api.cancelRunning(TYPE, (left) => { screen.print(`Cancelling what an earlier start has left running (${left})`); });
  screen.print(`\nExtracting ${input.connection.name} (${input.connection.qualifiedName})`);
  const view = new ProgressView(screen);
  const started = Date.now();
  try {
    const begun = await api.start<ExtractSqlMetadataResult>('extract-sql-metadata', input);
    const run = await api.follow(begun, (progress: ExtractionProgress) => { view.show(progress); });
    view.end();
    if (run.status !== 'completed' || !run.result) throw runFailed(run);
    const elapsedMs = Date.now() - started;
    const manifest = await api.read<ExtractionManifest>((await api.artifacts(run)).manifest?.href ?? '');
    screen.print(`\n${summaryLines({ result: run.result, manifest, elapsedMs, objects }).join('\n')}`);
    if (run.links.temporalUi) screen.print(`Run          ${run.links.temporalUi}`);
    return true;
  } catch (error) {
    view.end();
    screen.print(`\n${errorText(error)}`);
    return false;
  }
}
