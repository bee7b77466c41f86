import { resolve } from 'node:path';

/** Folders of built pages. They need not exist: what is served then says how to build them. */
export interface Sites {
  readonly dashboard: string;
  readonly docs: string;
}

/**
 * Where the pages are: as configured, or where their builds put them.
 * @param appFolder `src` or `dist` of this app, whichever runs
 */
export function findSites({ dashboardDir, docsDir }: { dashboardDir?: string | undefined; docsDir?: string | undefined }, appFolder: string): Sites {
  return {
    dashboard: resolve(dashboardDir ?? resolve(appFolder, '../../dashboard/dist/site')),
    docs: resolve(docsDir ?? resolve(appFolder, '../../../docs/dist/site')),
  };
}
