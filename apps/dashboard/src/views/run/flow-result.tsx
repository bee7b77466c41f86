import type { EtlFlowResult, OutcomeCounts } from '@tributary/workflow-contracts/etl';
import type { Run } from '../../api/types.js';
import { count, moment, words } from '../../lib/format.js';
import { BarList } from '../../ui/bar-list.js';
import { Section } from '../../ui/section.js';
import { Tiles } from '../../ui/tiles.js';
import { Artifacts } from './artifacts.js';
import { FlowReport } from './flow-report.js';
import { useArtifacts } from './use-artifacts.js';

/** What a flow has loaded, and what it could not read. */
export function FlowResultSections({ run, result }: { readonly run: Run; readonly result: EtlFlowResult }) {
  const { events, types, subjects, units, records, quarantined, window } = result;
  const artifacts = useArtifacts(run);
  return (
    <>
      <Tiles
        tiles={[
          { label: 'New events', value: count(events.inserted) },
          { label: 'Changed events', value: count(events.updated) },
          { label: 'As they were', value: count(events.unchanged) },
          { label: 'Records read', value: count(records) },
          { label: 'Quarantined', value: count(quarantined), tone: quarantined > 0 ? 'warn' : undefined },
        ]}
      />
      <div class="columns">
        <Section title="Events by type" note={`${moment(window.start)} to ${moment(window.end)}`}>
          {Object.keys(types).length === 0 ? <p class="muted">Nothing has happened in this window.</p> : <BarList label="Events by type" rows={Object.entries(types)} />}
        </Section>
        <Section title="What was read">
          <Outcomes rows={[['Subjects', subjects], ['Units', units]]} />
        </Section>
      </div>
      <FlowReport artifacts={artifacts.value?.artifacts} />
      <Artifacts resource={artifacts} />
    </>
  );
}

const NAMES = ['done', 'private', 'gone', 'failed'] as const;

function Outcomes({ rows }: { readonly rows: readonly (readonly [string, OutcomeCounts])[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden-visually">Of</span>
          </th>
          {NAMES.map((name) => (
            <th key={name} scope="col" class="number">
              {words(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([title, counts]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {NAMES.map((name) => (
              <td key={name} class={`number ${name === 'failed' && counts[name] > 0 ? 'bad' : ''}`}>
                {count(counts[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
