import type { ComponentChildren } from 'preact';
import { count } from '../../lib/format.js';
import { href, withQuery } from '../../router/route.js';
import { Empty } from '../../ui/empty.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { ProgressBar } from '../../ui/progress-bar.js';
import type { ViewProps } from '../view.js';
import { addressOf, type Place } from './addresses.js';
import { CatalogNav } from './catalog-nav.js';
import { Overview } from './overview.js';
import { MOST_ENTITIES, type ReadCatalog } from './read-catalog.js';
import { TableDetails } from './table-details.js';
import { useCatalog, type Reading } from './use-catalog.js';

/** The catalog that an extraction has found. */
export default function CatalogView({ params: { workflowId = '' }, query }: ViewProps) {
  const place: Place = { workflowId, runId: query.get('runId') ?? undefined, table: query.get('table') ?? undefined, steps: query.get('steps') ?? undefined };
  const { value, problem, reading, reload } = useCatalog(workflowId, place.runId);
  const run = withQuery(href`runs/${workflowId}`, { runId: value?.run.runId ?? place.runId });
  return (
    <Page
      title={value?.run.connection ?? 'Catalog'}
      above={
        <>
          <a href="#/runs">Runs</a> / <a href={run}>Run</a> / <a href={addressOf({ ...place, table: undefined })}>Catalog</a>
        </>
      }
    >
      {problem && (
        <ProblemNotice problem={problem} retry={reload}>
          <a class="button" href={run}>
            To the run
          </a>
        </ProblemNotice>
      )}
      {!value && !problem && <Progress reading={reading} />}
      {value && <Found found={value.found} place={{ ...place, runId: value.run.runId }} run={run} />}
    </Page>
  );
}

function Progress({ reading }: { readonly reading: Reading | undefined }) {
  return (
    <div class="catalog-reading">
      <ProgressBar label="Reading the catalog" done={reading?.read ?? 0} total={reading?.total ?? 0} />
      <p class="muted">{reading ? `Reading the catalog: ${count(reading.read)} of ${count(reading.total)} entities` : 'Reading the catalog…'}</p>
    </div>
  );
}

function Found({ found: { catalog, read, total }, place, run }: { readonly found: ReadCatalog; readonly place: Place; readonly run: string }) {
  const address = (table: string, steps = place.steps): string => addressOf({ ...place, table, steps });
  if (read === 0) {
    return (
      <Empty title="This run has found nothing.">
        <p>Its filters may leave everything out. Look at the counts of the run, or ask for a plan of the source.</p>
        <a class="button" href={run}>
          To the run
        </a>
      </Empty>
    );
  }
  return (
    <>
      {read < total && (
        <Notice>
          This page reads {count(MOST_ENTITIES)} entities at most; the run has {count(total)}. Schemas, tables and keys come first, so what is missing are mostly columns. The
          artifacts of the <a href={run}>run</a> have everything.
        </Notice>
      )}
      <div class="catalog">
        <CatalogNav catalog={catalog} current={place.table} address={address} />
        <Chosen catalog={catalog} place={place} address={address} />
      </div>
    </>
  );
}

function Chosen({ catalog, place, address }: { readonly catalog: ReadCatalog['catalog']; readonly place: Place; readonly address: (table: string, steps?: string) => string }) {
  if (place.table === undefined) return <Overview catalog={catalog} />;
  const table = catalog.tables.get(place.table);
  if (table) return <TableDetails key={table.qualifiedName} catalog={catalog} table={table} steps={place.steps === '2' ? 2 : 1} address={address} />;
  return (
    <Empty title="This catalog has no such table.">
      <p>
        <code>{place.table}</code> may be of another run. Search for a part of its name.
      </p>
    </Empty>
  );
}

function Notice({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="notice notice-warning">
      <div class="notice-body">
        <p>{children}</p>
      </div>
    </div>
  );
}
