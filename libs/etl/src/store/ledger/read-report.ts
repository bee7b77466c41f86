import type { SubjectReport } from '@tributary/workflow-contracts/etl';
import type { OpenRun } from './run-row.js';

const PAGE = 500;
const NONE = { done: 0, private: 0, gone: 0, failed: 0 };

/** Reports of the run's subjects, in order of their names. */
export async function* readReport(open: OpenRun): AsyncIterable<SubjectReport> {
  for await (const { subject, outcome, renamed_to, units, problems } of inPages('', (after) => subjectsAfter(open, after), (row) => row.subject)) {
    yield {
      subject,
      outcome: outcome ?? 'done',
      ...(renamed_to !== null && { renamedTo: renamed_to }),
      units: { ...NONE, ...units },
      problems: problems ?? [],
    };
  }
}

/** What the run put aside, in order of loading. */
export async function* readQuarantine(open: OpenRun) {
  for await (const { unit, record, code, message } of inPages(0, (after) => quarantinedAfter(open, after), (row) => row.id)) {
    yield { unit, record, code, message };
  }
}

async function* inPages<T, K>(first: K, read: (after: K) => Promise<readonly T[]>, keyOf: (row: T) => K): AsyncIterable<T> {
  let after = first;
  for (;;) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = keyOf(last);
  }
}

function subjectsAfter({ connection, id }: OpenRun, after: string) {
  return connection.read('reading the report', (db) =>
    db.selectFrom('flow_subjects').selectAll().where('run_id', '=', id).where('subject', '>', after).orderBy('subject').limit(PAGE).execute(),
  );
}

function quarantinedAfter({ connection, id }: OpenRun, after: number) {
  return connection.read('reading the quarantine', (db) =>
    db
      .selectFrom('flow_quarantine')
      .select(['id', 'unit', 'record', 'code', 'message'])
      .where('run_id', '=', id)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  );
}
