import type { BrowseSqlSourceInput, BrowseSqlSourceResult } from '@tributary/workflow-contracts/sql-metadata';
import { sourceActivities } from './source-activities.js';

/** Lists a page of the databases, schemas or objects of a source. Fails with the code of the error that stopped it. */
export async function browseSqlSource(input: BrowseSqlSourceInput): Promise<BrowseSqlSourceResult> {
  return sourceActivities.browseSqlSource(input);
}
