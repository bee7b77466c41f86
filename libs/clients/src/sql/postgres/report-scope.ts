import type { ScopeReport } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogScope } from '../catalog.js';
import type { Wire } from './wire.js';

/** What the role may not read of a database. */
export async function reportScope(_wire: Wire, _scope: CatalogScope, _user: string): Promise<ScopeReport[]> {
  return [];
}
