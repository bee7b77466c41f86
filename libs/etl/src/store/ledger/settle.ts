import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import { ETL_UNIT_UNREAD } from '../errors.js';
import type { OpenRun } from './run-row.js';

/**
 * Derives how reading each subject ended from its units. A unit that is still pending has failed: what was not read is
 * lost. A subject is `private` or `gone` when nothing at all could be read on its behalf; single things that are, as
 * private bugs of somebody, leave it `done`.
 * @param quarantineTolerable whether records that were put aside are told as problems, but are no loss
 */
export async function settleSubjects(transaction: Transaction<Tables>, { connection, id }: Pick<OpenRun, 'connection' | 'id'>, quarantineTolerable: boolean): Promise<void> {
  const units = connection.table('flow_units');
  await sql`
    WITH parts AS (
      SELECT s.subject, u.key, CASE u.state WHEN 'pending' THEN 'failed' ELSE u.state END AS outcome,
        coalesce(u.code, ${ETL_UNIT_UNREAD.code}::text) AS code, coalesce(u.message, ${ETL_UNIT_UNREAD.message}::text) AS message
      FROM ${units} u CROSS JOIN unnest(u.subjects) AS s (subject) WHERE u.run_id = ${id}
    ), counts AS (
      SELECT subject, count(*) FILTER (WHERE outcome = 'done') AS done, count(*) FILTER (WHERE outcome = 'private') AS private,
        count(*) FILTER (WHERE outcome = 'gone') AS gone, count(*) FILTER (WHERE outcome = 'failed') AS failed
      FROM parts GROUP BY subject
    ), troubles AS (
      SELECT subject, key AS unit, outcome, code, message, outcome = 'failed' AS is_loss FROM parts WHERE outcome <> 'done'
      UNION ALL
      SELECT s.subject, q.unit, 'failed', q.code, q.message, NOT ${quarantineTolerable}::boolean
      FROM ${connection.table('flow_quarantine')} q JOIN ${units} u ON u.run_id = q.run_id AND u.key = q.unit
      CROSS JOIN unnest(u.subjects) AS s (subject) WHERE q.run_id = ${id}
    ), firsts AS (
      SELECT DISTINCT ON (subject, code) subject, unit, outcome, code, message,
        bool_or(is_loss) OVER (PARTITION BY subject) AS is_loss FROM troubles ORDER BY subject, code, unit, message
    ), problems AS (
      SELECT subject, bool_or(is_loss) AS failed,
        jsonb_agg(jsonb_build_object('unit', unit, 'outcome', outcome, 'code', code, 'message', message) ORDER BY code) AS list
      FROM firsts GROUP BY subject
    )
    UPDATE ${connection.table('flow_subjects')} f SET
      outcome = CASE WHEN p.failed THEN 'failed' WHEN c.done > 0 OR c.private + c.gone = 0 THEN 'done' WHEN c.gone > 0 THEN 'gone' ELSE 'private' END,
      units = jsonb_build_object('done', c.done, 'private', c.private, 'gone', c.gone, 'failed', c.failed),
      problems = coalesce(p.list, '[]')
    FROM counts c LEFT JOIN problems p USING (subject)
    WHERE f.run_id = ${id} AND f.subject = c.subject`.execute(transaction);
}

/** Writes how many units and subjects ended how into the run's row. */
export async function settleTotals(transaction: Transaction<Tables>, { connection, id }: Pick<OpenRun, 'connection' | 'id'>): Promise<void> {
  await sql`
    UPDATE ${connection.table('flow_runs')} r SET
      units = (SELECT jsonb_build_object('done', count(*) FILTER (WHERE state = 'done'), 'private', count(*) FILTER (WHERE state = 'private'),
          'gone', count(*) FILTER (WHERE state = 'gone'), 'failed', count(*) FILTER (WHERE state IN ('failed', 'pending')))
        FROM ${connection.table('flow_units')} WHERE run_id = ${id}),
      subjects = (SELECT jsonb_build_object('done', count(*) FILTER (WHERE outcome = 'done'), 'private', count(*) FILTER (WHERE outcome = 'private'),
          'gone', count(*) FILTER (WHERE outcome = 'gone'), 'failed', count(*) FILTER (WHERE outcome = 'failed'))
        FROM ${connection.table('flow_subjects')} WHERE run_id = ${id})
    WHERE r.id = ${id}`.execute(transaction);
}
