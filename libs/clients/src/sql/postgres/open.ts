import type { CatalogConnectionOptions, CatalogSession } from '../catalog.js';
import { SQL_SERVER_UNSUPPORTED } from '../errors.js';
import { connect } from './connect.js';
import { PostgresSession } from './session.js';
import { BEGIN, settingsStatement, type ServerFacts } from './settings.js';
import { SourceErrors } from './source-errors.js';
import { Wire } from './wire.js';

const OLDEST = 120000;

/**
 * Signs in to a PostgreSQL database (12 and newer) and takes one read-only snapshot of its catalog for the life of the
 * session.
 * @throws CodedError SQL_SOURCE_UNREACHABLE, SQL_SIGN_IN_FAILED, SQL_DATABASE_UNKNOWN, SQL_PERMISSION_DENIED,
 * SQL_TOO_MANY_CONNECTIONS, SQL_TLS_UNSUPPORTED, SQL_TLS_UNTRUSTED, SQL_SERVER_UNSUPPORTED
 */
export async function openPostgresCatalog(options: CatalogConnectionOptions): Promise<CatalogSession> {
  const forget = options.password && options.scrubber?.add(options.password);
  const errors = new SourceErrors(options);
  try {
    const wire = new Wire(await connect(options, errors), errors, options);
    try {
      await wire.query(BEGIN, 'a snapshot');
      const [facts] = await wire.query<ServerFacts>(settingsStatement(options), 'the settings');
      if (!facts) throw new Error('the settings statement answers one row');
      errors.version = facts.version;
      wire.anyBytes = facts.encoding === 'SQL_ASCII';
      if (facts.version_number < OLDEST) {
        throw SQL_SERVER_UNSUPPORTED({ host: options.host, port: options.port, version: facts.version });
      }
      return new PostgresSession(wire, facts, options.database, () => forget?.());
    } catch (error) {
      await wire.close();
      throw error;
    }
  } catch (error) {
    forget?.();
    throw error;
  }
}
