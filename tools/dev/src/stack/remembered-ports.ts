import { freePorts, isPortFree } from '../servers/index.js';
import { readJson } from './layout.js';
import { writePrivateJson } from './private-file.js';

export const STACK_PORTS = ['postgres', 'temporal', 'temporalUi', 'api', 'worker'] as const;
export type StackPorts = Readonly<Record<(typeof STACK_PORTS)[number], number>>;

/** Ports of the last start where they are still free, so that bookmarks keep working; free ones for the others. */
export async function rememberedPorts(file: string): Promise<StackPorts> {
  const last = readJson<Partial<Record<string, unknown>>>(file) ?? {};
  const fresh = await freePorts(STACK_PORTS.length);
  const ports: Record<string, number> = {};
  for (const [index, name] of STACK_PORTS.entries()) {
    const known = last[name];
    const usable = typeof known === 'number' && Number.isInteger(known) && known > 0 && known < 65_536 && (await isPortFree(known));
    ports[name] = usable ? known : (fresh[index] ?? 0);
  }
  writePrivateJson(file, ports);
  return ports as StackPorts;
}
