import type { ScopeReport } from '@tributary/workflow-contracts/sql-metadata';
import { count } from '../../lib/format.js';
import { Section } from '../../ui/section.js';
import { ShowMore } from '../../ui/show-more.js';
import { Statement } from '../../ui/statement.js';

/** What the role could not read, why, and the statement that mends it. */
export function Warnings({ reports }: { readonly reports: readonly ScopeReport[] }) {
  const affected = reports.reduce((sum, report) => sum + report.count, 0);
  return (
    <Section title="Warnings" note={`${count(affected)} objects are missing or incomplete`}>
      <ShowMore rows={reports} noun="warnings">
        {(shown) => (
          <ul class="lines">
            {shown.map((report, index) => (
              <li key={index}>
                <p>
                  <span class="badge warn plain">{report.verdict}</span> <code>{scopeName(report)}</code>
                  {report.count > 1 && <span class="muted"> × {count(report.count)}</span>}
                </p>
                <p>{report.reason}</p>
                {report.fix !== undefined && <Statement text={report.fix} />}
              </li>
            ))}
          </ul>
        )}
      </ShowMore>
    </Section>
  );
}

function scopeName({ scope: { database, schema, object } }: ScopeReport): string {
  return [database, schema, object].filter((part) => part !== undefined).join('.');
}
