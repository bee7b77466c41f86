import type { QuarantineSummary } from '@tributary/workflow-contracts/sql-metadata';
import { firstLines } from '../../api/lines.js';
import type { Artifact } from '../../api/types.js';
import { count } from '../../lib/format.js';
import { useResource } from '../../lib/use-resource.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { RecordDetails } from '../../ui/record-details.js';

const SAMPLE = 200;
const SHARDS = 5;

/** A line of a quarantine shard. */
interface Quarantined {
  readonly code: string;
  readonly reason: string;
  readonly kind: string;
  readonly record: unknown;
}

export interface QuarantineProps {
  /** How many of each code. */
  readonly summary: readonly QuarantineSummary[] | undefined;
  readonly artifacts: readonly Artifact[] | undefined;
}

/** Records that could not be transformed: how many of each reason, and the first of them. */
export function Quarantine({ summary, artifacts }: QuarantineProps) {
  const shards = (artifacts ?? []).filter(({ content }) => content === 'quarantine').slice(0, SHARDS);
  const sample = useResource(`quarantine/${shards.map(({ key }) => key).join()}`, async (signal) => {
    const read = await Promise.all(shards.map(({ href }) => firstLines<Quarantined>(href, SAMPLE, signal)));
    return read.flatMap(({ rows }) => rows);
  });
  return (
    <Section title="Quarantine" note="records that could not be transformed; they are counted and kept">
      <ul class="chips">
        {summary?.map(({ code, count: records }) => (
          <li key={code}>
            <a href={`/docs/errors.html#${code.toLowerCase()}`} target="_blank" rel="noreferrer">
              <code>{code}</code>
            </a>{' '}
            × {count(records)}
          </li>
        ))}
      </ul>
      {sample.problem && <ProblemNotice problem={sample.problem} />}
      {sample.value && sample.value.length > 0 && (
        <ShowMore rows={sample.value} noun="records">
          {(shown) => (
            <ul class="lines">
              {shown.map(({ reason, kind, record }, index) => (
                <li key={index}>
                  <p>
                    <span class="badge plain">{kind}</span> {reason}
                  </p>
                  <RecordDetails record={record} />
                </li>
              ))}
            </ul>
          )}
        </ShowMore>
      )}
    </Section>
  );
}
