// Writes what the migrations make, and the dump of a release:
// `node --conditions=@tributary/source --import tsx libs/etl/src/e2e/record-schema.ts [<release>]`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@tributary/dev/servers';
import { describeSchema, type SchemaDescription, type TableDescription } from '../store/schema/describe-schema.js';
import { dumpSchema } from './dump-schema.js';
import { loadSampleRows, openStore } from './store-test-bed.js';

const STORE = join(__dirname, '..', 'store');

async function main(release: string | undefined): Promise<void> {
  const server = await startPostgres();
  const database = openStore(server);
  try {
    // What is checked is what is being recorded: the check of an outdated record is expected to refuse it.
    await database.prepare({ migrate: true }).catch((error: unknown) => console.warn(String(error)));
    writeFileSync(join(STORE, 'schema', 'current-schema.ts'), source(await describeSchema(database.db, 'tributary')));
    if (release === undefined) return;
    await loadSampleRows(database);
    writeFileSync(join(STORE, 'testdata', `${release}.sql`), await dumpSchema(database.db, 'tributary'));
  } finally {
    await database.close();
    await server.stop();
  }
}

function source(schema: SchemaDescription): string {
  return `// Recorded from the migrations: do not edit. Write it anew with libs/etl/src/e2e/record-schema.ts.
import type { SchemaDescription } from './describe-schema.js';

/** The schema as the migrations make it. */
export const CURRENT_SCHEMA: SchemaDescription = {
${Object.entries(schema).map(tableSource).join('')}};
`;
}

/** One line per column, index and constraint, so that a change of a migration is read as such. */
function tableSource([name, { description, columns, indexes, constraints }]: [string, TableDescription]): string {
  const listed = (items: readonly string[]): string => items.map((item) => `\n      ${JSON.stringify(item)},`).join('');
  const perColumn = Object.entries(columns).map(([column, text]) => `\n      ${column}: ${JSON.stringify(text)},`);
  return `  ${name}: {
    description: ${JSON.stringify(description)},
    columns: {${perColumn.join('')}
    },
    indexes: [${listed(indexes)}
    ],
    constraints: [${listed(constraints)}
    ],
  },
`;
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
