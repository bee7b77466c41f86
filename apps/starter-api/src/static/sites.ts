import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folders of built pages. They need not exist: what is served then says how to build them. */
export interface Sites {
  readonly dashboard: string;
  readonly docs: string;
}

/**
 * Where the pages are: as configured, or beside the program as in an image, or where their builds put them.
 * @param appFolder `src` or `dist` of this app, whichever runs
 */
export function findSites({ dashboardDir, docsDir }: { dashboardDir?: string | undefined; docsDir?: string | undefined }, appFolder: string): Sites {
  return {
    dashboard: resolve(dashboardDir ?? beside(appFolder, 'dashboard') ?? join(appFolder, '../../dashboard/dist/site')),
    docs: resolve(docsDir ?? beside(appFolder, 'docs') ?? join(appFolder, '../../../docs/dist/site')),
  };
}

function beside(appFolder: string, name: string): string | undefined {
  const folder = join(appFolder, name);
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}
