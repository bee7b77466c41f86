import type { ExtractionManifest, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import { api } from '../../api/client.js';
import type { Run } from '../../api/types.js';
import { count, duration, words } from '../../lib/format.js';
import { useResource } from '../../lib/use-resource.js';
import { BarList } from '../../ui/bar-list.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { Tiles } from '../../ui/tiles.js';
import { Artifacts } from './artifacts.js';
import { Difference } from './difference.js';
import { Quarantine } from './quarantine.js';
import { StageCounts } from './stage-counts.js';
import { useArtifacts } from './use-artifacts.js';
import { Warnings } from './warnings.js';

/** What an extraction has published: counts first, then what needs a look, then the files. */
export function PublishedSections({ run, result }: { readonly run: Run; readonly result: ExtractSqlMetadataResult }) {
  const artifacts = useArtifacts(run);
  const href = artifacts.value?.manifest?.href;
  const manifest = useResource(`manifest/${href ?? ''}`, async (signal) => (href === undefined ? undefined : api.get<ExtractionManifest>(href, { signal })));
  const { entities, quarantined, warnings, phaseMillis } = result;
  const total = Object.values(entities).reduce((sum, value) => sum + value, 0);
  const millis = Object.values(phaseMillis).reduce((sum, value) => sum + value, 0);
  return (
    <>
      <Tiles
        tiles={[
          { label: 'Entities', value: count(total) },
          { label: 'Quarantined', value: count(quarantined), tone: quarantined > 0 ? 'warn' : undefined },
          { label: 'Warnings', value: count(warnings), tone: warnings > 0 ? 'warn' : undefined },
          { label: 'Databases', value: manifest.value ? count(manifest.value.source.databases.length) : '…' },
          { label: 'Time', value: duration(millis) },
        ]}
      />
      {manifest.problem && <ProblemNotice problem={manifest.problem} />}
      {manifest.value && manifest.value.reports.length > 0 && <Warnings reports={manifest.value.reports} />}
      {quarantined > 0 && <Quarantine summary={manifest.value?.quarantine} artifacts={artifacts.value?.artifacts} />}
      <div class="columns">
        <Section title="Entities by type" note={count(total)}>
          {total === 0 ? (
            <p class="muted">Nothing fits the filters, or the role may see nothing.</p>
          ) : (
            <BarList label="Entities by type" rows={Object.entries(entities).map(([name, value]) => [words(name), value] as const)} />
          )}
        </Section>
        <Difference run={run} />
      </div>
      {manifest.value && <StageCounts counts={manifest.value.counts} />}
      <Artifacts resource={artifacts} />
    </>
  );
}
