const TABLES = 120;
const TYPES = ['bigint', 'numeric(18,4)', 'text', 'timestamp with time zone', 'boolean', 'double precision', 'jsonb', 'character varying(64)'];
const SUBJECTS = ['campaign', 'session', 'click', 'stock', 'margin', 'forecast', 'return', 'shipment', 'ticket', 'survey'];

/** A schema of wide tables as warehouses have them: 120 tables, 2,880 columns, views on top. */
export function analyticsSql(): string {
  const statements = ['CREATE SCHEMA analytics;', "COMMENT ON SCHEMA analytics IS 'Refreshed every night';"];
  for (let table = 0; table < TABLES; table++) {
    const subject = SUBJECTS[table % SUBJECTS.length] ?? '';
    const name = `${subject}_${String(Math.floor(table / SUBJECTS.length)).padStart(2, '0')}`;
    const columns = ['id bigint PRIMARY KEY', 'loaded_at timestamp with time zone DEFAULT now()'];
    for (let column = 3; column <= 24; column++) columns.push(`${subject}_${column} ${TYPES[(table + column) % TYPES.length]}`);
    statements.push(`CREATE TABLE analytics.${name} (${columns.join(', ')});`, `COMMENT ON TABLE analytics.${name} IS 'Facts about ${subject}, slice ${Math.floor(table / SUBJECTS.length)}';`);
    if (table % 4 === 0) statements.push(`CREATE INDEX ON analytics.${name} (loaded_at);`);
    if (table % 10 === 0) statements.push(`CREATE VIEW analytics.${name}_recent AS SELECT * FROM analytics.${name} WHERE loaded_at > now() - interval '1 day';`);
  }
  return statements.join('\n');
}
