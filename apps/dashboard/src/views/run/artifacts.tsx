import { useState } from 'preact/hooks';
import { problemOf, type Problem } from '../../api/problem.js';
import { download } from '../../api/download.js';
import type { Artifact, ArtifactList } from '../../api/types.js';
import { bytes, count } from '../../lib/format.js';
import type { Resource } from '../../lib/use-resource.js';
import { Icon } from '../../ui/icon.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';

/** The files that a run has published, to take away as JSON lines or CSV. */
export function Artifacts({ resource: { value, problem } }: { readonly resource: Resource<ArtifactList> }) {
  const [failed, setFailed] = useState<Problem>();
  const take = (href: string, name: string): void => {
    setFailed(undefined);
    download(href, name).catch((error: unknown) => { setFailed(problemOf(error)); });
  };
  if (problem) return <ProblemNotice problem={problem} />;
  if (!value) return null;
  const { manifest, artifacts } = value;
  const total = artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  return (
    <Section
      title="Artifacts"
      note={`${count(artifacts.length)}, ${bytes(total)} stored`}
      actions={
        manifest && (
          <button type="button" class="small" onClick={() => { take(manifest.href, 'manifest.json'); }}>
            <Icon name="download" />
            Manifest
          </button>
        )
      }
    >
      {failed && <ProblemNotice problem={failed} />}
      {artifacts.length === 0 ? (
        <p class="muted">No files: there was nothing to write.</p>
      ) : (
        <ShowMore rows={artifacts} noun="artifacts" first={30}>
          {(shown) => <Files artifacts={shown} take={take} />}
        </ShowMore>
      )}
    </Section>
  );
}

function Files({ artifacts, take }: { readonly artifacts: readonly Artifact[]; readonly take: (href: string, name: string) => void }) {
  return (
    <TableFrame label="Artifacts">
      <table>
        <thead>
          <tr>
            <th scope="col">Content</th>
            <th scope="col">Of</th>
            <th scope="col" class="number">Records</th>
            <th scope="col" class="number">Size</th>
            <th scope="col">SHA-256</th>
            <th scope="col">
              <span class="hidden-visually">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {artifacts.map((artifact) => {
            const { key, href, content, database, kind, typeName, records, sha256 } = artifact;
            const of = [database, typeName ?? kind].filter((part) => part !== undefined).join(' · ');
            const name = fileName(artifact);
            return (
              <tr key={key}>
                <td>
                  <span class={`badge plain ${content === 'quarantine' ? 'warn' : ''}`}>{content}</span>
                </td>
                <td>{of === '' ? 'the whole run' : of}</td>
                <td class="number">{count(records)}</td>
                <td class="number">{bytes(artifact.bytes)}</td>
                <td>
                  <code title={sha256}>{sha256.slice(0, 12)}…</code>
                </td>
                <td class="number">
                  <button type="button" class="small quiet" aria-label={`Download ${name} as JSON lines`} onClick={() => { take(`${href}&format=jsonl`, `${name}.jsonl`); }}>
                    JSON lines
                  </button>
                  <button type="button" class="small quiet" aria-label={`Download ${name} as CSV`} onClick={() => { take(`${href}&format=csv`, `${name}.csv`); }}>
                    CSV
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** A name that says what is in it, without what file systems refuse. */
function fileName({ key, content, database, typeName, kind }: Artifact): string {
  const shard = /(?:part-|-)(\d+)\.[^/]*$/.exec(key)?.[1];
  return [database, typeName ?? kind, content, shard]
    .filter((part) => part !== undefined)
    .join('-')
    .replace(/[^\w.-]+/g, '_');
}
