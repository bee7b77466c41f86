import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import { catalogStatement } from './catalog-statement.js';

describe.each(CATALOG_KINDS)('the statement of kind %s', (kind) => {
  const filters = { include: [{ schema: "x' OR '1'='1", object: 'a*' }], exclude: [{ schema: '%' }] };

  it('has the patterns as parameters, never in its text', () => {
    const { text, values } = catalogStatement(kind, { database: 'shop', filters }, 180000);
    expect(text).not.toContain("OR '1'");
    expect(values).toContain("x' OR '1'='1");
  });

  it.each([120000, 130000, 140000, 150000, 160000, 170000, 180000])('names no column that %s lacks', (version) => {
    const { text } = catalogStatement(kind, { database: 'shop', filters: {} }, version);
    const since: Readonly<Record<string, number>> = { prosqlbody: 140000, pg_get_function_sqlbody: 140000, indnullsnotdistinct: 150000, conenforced: 180000 };
    for (const [column, first] of Object.entries(since)) if (version < first) expect(text).not.toContain(column);
  });

  it('reads pg_catalog alone', () => {
    const { text } = catalogStatement(kind, { database: 'shop', filters: {} }, 180000);
    expect(text.replaceAll("'information_schema'", '')).not.toContain('information_schema');
    for (const [, source] of text.matchAll(/\b(?:FROM|JOIN)\s+([\w.]+)/g)) expect(source).toMatch(/^(pg_catalog\.|LATERAL$)/);
  });
});
