// Extracts the sample database through the API and prints the run; ends with 1 when it fails.
import { run } from './api.mjs';

const ended = await run('extract-sql-metadata', {
  connection: { name: 'Sample', qualifiedName: 'default/postgres/sample' },
  source: {
    type: 'postgres',
    host: 'sample-database',
    user: 'reader',
    database: 'sample',
    password: 'secret://secrets/sql-sources#sample',
    sslMode: 'disable',
  },
});
console.log(JSON.stringify(ended, null, 2));
process.exitCode = ended.status === 'completed' ? 0 : 1;
