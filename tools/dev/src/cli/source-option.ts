import { createHash } from 'node:crypto';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { DEV_SOURCE_PASSWORD } from '../errors.js';
import { findPassword, parseSourceUrl } from '../stack/index.js';
import type { Infrastructure, SourceAddress, StackFile } from '../stack/index.js';
import { askHidden } from '../terminal/index.js';
import { Interrupted } from './interruption.js';

/** What is extracted, with what belongs into the secret store for it. */
export interface ExtractionOrder {
  readonly input: ExtractSqlMetadataInput;
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The order for `--source`; asks for the password where nothing else gives it. @throws DEV_SOURCE_INVALID, DEV_SOURCE_PASSWORD */
export async function orderForSource(url: string, env: NodeJS.ProcessEnv): Promise<ExtractionOrder> {
  const source = parseSourceUrl(url);
  const { stdin, stdout } = process;
  const ask = stdin.isTTY && stdout.isTTY ? (question: string) => askHidden(question, stdin, stdout) : undefined;
  const found = await findPassword(source, { env, ...(ask ? { ask } : {}) }).catch((error: unknown) => {
    throw error instanceof Interrupted ? error : DEV_SOURCE_PASSWORD({}, { cause: error });
  });
  const { sslMode, ...place } = source;
  return {
    input: {
      connection: { name: `${source.host}:${source.port}/${source.database}`.slice(0, 255), qualifiedName: qualifiedName(source) },
      source: {
        type: 'postgres',
        ...place,
        ...(sslMode ? { sslMode } : {}),
        ...(found ? { password: 'secret://local/source#password' as const } : {}),
      },
    },
    secrets: found ? { source: { password: found.password.reveal() } } : {},
  };
}

/** The order for the sample: by a reader who may not enter the archive beside it, so that there is something to report. */
export function orderForSample({ stack, sample }: Pick<Infrastructure, 'sample'> & { stack: Pick<StackFile, 'postgres'> }): ExtractionOrder {
  if (!sample) throw new Error('The infrastructure was started without the sample');
  const { host, port } = stack.postgres;
  const { user, database, password, archive } = sample;
  return {
    input: {
      connection: { name: 'Sample', qualifiedName: 'default/postgres/sample' },
      source: {
        type: 'postgres',
        host,
        port,
        user,
        database,
        allDatabases: true,
        password: 'secret://local/sample#password',
        sslMode: 'disable',
      },
      filters: { include: [{ database }, { database: archive }] },
    },
    secrets: { sample: { password } },
  };
}

/** Stable for one database, and different for each: names alone may hold what a qualified name may not. */
function qualifiedName({ host, port, database }: SourceAddress): string {
  const hash = createHash('sha256').update(JSON.stringify([host, port, database])).digest('hex').slice(0, 10);
  return `default/postgres/${hash}`;
}
