import type { SubjectReport } from '@tributary/workflow-contracts/etl';
import { firstLines } from '../../api/lines.js';
import type { Artifact } from '../../api/types.js';
import { count } from '../../lib/format.js';
import { useResource } from '../../lib/use-resource.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { TableFrame } from '../../ui/table-frame.js';
import { RecordDetails } from '../../ui/record-details.js';

const MOST = 2_000;

/** A quarantined record, which the report lists behind its subjects. */
interface Quarantined {
  readonly record: unknown;
  readonly code: string;
  readonly message: string;
}

/** What became of each subject of a flow, those with problems first, and what was quarantined. */
export function FlowReport({ artifacts }: { readonly artifacts: readonly Artifact[] | undefined }) {
  const report = artifacts?.find(({ content }) => content === 'report');
  const { value, problem } = useResource(`report/${report?.key ?? ''}`, async (signal) =>
    report ? firstLines<SubjectReport | Quarantined>(report.href, MOST, signal) : undefined,
  );
  if (problem) return <ProblemNotice problem={problem} />;
  if (!value || value.rows.length === 0) return null;
  const subjects = value.rows.filter((row): row is SubjectReport => 'subject' in row);
  const quarantined = value.rows.filter((row): row is Quarantined => 'record' in row);
  const sorted = [...subjects].sort((a, b) => b.problems.length - a.problems.length);
  return (
    <>
      {subjects.length > 0 && (
        <Section title="Subjects" note={`${count(subjects.length)}${value.more ? ', the first of them' : ''}`}>
          <ShowMore rows={sorted} noun="subjects">
            {(shown) => <Subjects subjects={shown} />}
          </ShowMore>
        </Section>
      )}
      {quarantined.length > 0 && (
        <Section title="Quarantine" note={count(quarantined.length)}>
          <ShowMore rows={quarantined} noun="records">
            {(shown) => (
              <ul class="lines">
                {shown.map(({ code, message, record }, index) => (
                  <li key={index}>
                    <p>
                      <code>{code}</code> {message}
                    </p>
                    <RecordDetails record={record} />
                  </li>
                ))}
              </ul>
            )}
          </ShowMore>
        </Section>
      )}
    </>
  );
}

const TONES = { done: 'good', private: 'warn', gone: 'warn', failed: 'bad' } as const;

function Subjects({ subjects }: { readonly subjects: readonly SubjectReport[] }) {
  return (
    <TableFrame label="Subjects">
      <table>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="number">Units</th>
            <th scope="col">Problems</th>
          </tr>
        </thead>
        <tbody>
          {subjects.map(({ subject, outcome, renamedTo, units, problems }) => (
            <tr key={subject}>
              <th scope="row">
                {subject}
                {renamedTo !== undefined && <span class="muted"> now {renamedTo}</span>}
              </th>
              <td>
                <span class={`badge ${TONES[outcome]}`}>{outcome}</span>
              </td>
              <td class="number">{count(Object.values(units).reduce((sum, value) => sum + value, 0))}</td>
              <td>
                {problems.map(({ unit, code, message }) => (
                  <p key={`${unit}${code}`}>
                    <code>{unit}</code> {message} <code class="muted">{code}</code>
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
