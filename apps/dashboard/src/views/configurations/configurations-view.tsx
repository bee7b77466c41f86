import { useState } from 'preact/hooks';
import { pageOfConfigurations, type ConfigurationSummary } from '../../api/configurations.js';
import { useGrowingList } from '../../lib/use-growing-list.js';
import { href } from '../../router/route.js';
import { May } from '../../session/may.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { NextPage } from '../../ui/next-page.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { SearchField } from '../../ui/search-field.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Ago } from '../../ui/time.js';
import { useRunTypes } from '../start/use-run-types.js';
import { StartButton } from './start-button.js';

/** Inputs of runs that are kept under names. */
export default function ConfigurationsView() {
  const [text, setText] = useState('');
  const read = async (token: string | undefined, signal: AbortSignal) => {
    const { configurations, nextPageToken } = await pageOfConfigurations(token, { signal });
    return { rows: configurations, nextPageToken };
  };
  const { value, problem, loading, reload, showMore } = useGrowingList('configurations', read);
  const wanted = text.trim().toLowerCase();
  const shown = value?.rows.filter(({ name, description = '' }) => `${name} ${description}`.toLowerCase().includes(wanted)) ?? [];
  return (
    <Page
      title="Configurations"
      actions={
        <May operation="putConfiguration">
          <a class="button primary" href="#/start">
            <Icon name="plus" />
            New configuration
          </a>
        </May>
      }
    >
      <p class="lead">Inputs of runs, kept under names: started by hand, by schedules, by event rules and over HTTP. They hold references to secrets, never credentials.</p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && loading && <p class="muted">Loading…</p>}
      {value && value.rows.length === 0 && (
        <Empty title="Nothing is saved.">
          <May operation="putConfiguration">
            <p>Fill in the form of a run, and choose “Save as configuration” below it.</p>
            <a class="button primary" href="#/start">
              Choose what to run
            </a>
          </May>
        </Empty>
      )}
      {value && value.rows.length > 0 && (
        <>
          <div class="toolbar">
            <SearchField label="Search by name or description" value={text} onInput={setText} />
            <span class="muted" role="status">
              {wanted !== '' && `${shown.length} of ${value.rows.length}${value.more ? ' that were read' : ''}`}
            </span>
          </div>
          {shown.length === 0 ? <Empty title="None of that name." /> : <Table configurations={shown} />}
        </>
      )}
      {value?.more === true && <NextPage what="configurations" act={showMore} />}
    </Page>
  );
}

function Table({ configurations }: { readonly configurations: readonly ConfigurationSummary[] }) {
  const { value: types } = useRunTypes();
  return (
    <TableFrame label="Configurations" class="card">
      <table>
        <thead>
          <tr>
            <th scope="col">Configuration</th>
            <th scope="col">What it starts</th>
            <th scope="col">Changed</th>
            <th scope="col">
              <span class="hidden-visually">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {configurations.map(({ name, description, runType, updatedAt }) => (
            <tr key={name}>
              <th scope="row" class="named">
                <a href={href`configurations/${name}`}>{name}</a>
                {description !== undefined && <span class="muted">{description}</span>}
              </th>
              <td>{types?.find(({ slug }) => slug === runType)?.title ?? runType}</td>
              <td>
                <Ago time={updatedAt} />
              </td>
              <td>
                <div class="row-actions">
                  <StartButton name={name} small />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
