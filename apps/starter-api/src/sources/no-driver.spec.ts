import { resolve } from 'node:path';
import { build } from 'esbuild';

it('the program of the API holds no database driver and nothing of the worker', async () => {
  const { metafile } = await build({
    entryPoints: [resolve(__dirname, '../main.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@tributary/source'],
    // Programs for one platform: they cannot be read here, and are no drivers.
    external: ['*.node'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.length).toBeGreaterThan(100);
  const drivers = /node_modules\/(pg|pg-[a-z-]+|postgres|mysql2?|mariadb|oracledb|tedious|mssql|snowflake-sdk|sqlite3|better-sqlite3|mongodb|kysely|knex)\//;
  expect(inputs.filter((file) => drivers.test(file))).toEqual([]);
  expect(inputs.filter((file) => /libs\/(sql-metadata|launchpad|clients\/src\/sql)\//.test(file))).toEqual([]);
});
