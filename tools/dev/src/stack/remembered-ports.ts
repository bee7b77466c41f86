import { freePorts, isPortFree } from '../servers/index.js';
import { readJson } from './layout.js';
import { writePrivateJson } from './private-file.js';

/** Ports of the servers that every app needs. */
export const INFRASTRUCTURE_PORTS = ['postgres', 'temporal', 'temporalUi'] as const;
/** Ports of the apps' own HTTP servers. */
export const APP_PORTS = ['api', 'worker', 'launchpad', 'hierarchy'] as const;
/** Port of the look-alike Launchpad: a source keeps its address between starts. */
export const LOOK_ALIKE_PORTS = ['lookAlike'] as const;
/** Port of the data catalog. */
export const CATALOG_PORTS = ['catalog'] as const;

export type InfrastructurePorts = Readonly<Record<(typeof INFRASTRUCTURE_PORTS)[number], number>>;
export type AppPorts = Readonly<Record<(typeof APP_PORTS)[number], number>>;

/**
 * Ports of the last start where they are still free, so that bookmarks keep working; free ones for the others. Ask just
 * before they are used: nobody holds them until then.
 */
export async function rememberedPorts<N extends string>(file: string, names: readonly N[]): Promise<Readonly<Record<N, number>>> {
  const last = readJson<Partial<Record<string, unknown>>>(file) ?? {};
  const fresh = await freePorts(names.length);
  const ports: Partial<Record<N, number>> = {};
  for (const [index, name] of names.entries()) {
    const known = last[name];
    const usable = typeof known === 'number' && Number.isInteger(known) && known > 0 && known < 65_536 && (await isPortFree(known));
    ports[name] = usable ? known : (fresh[index] ?? 0);
  }
  // Others may have written theirs meanwhile.
  writePrivateJson(file, { ...readJson<object>(file), ...ports });
  return ports as Record<N, number>;
}
