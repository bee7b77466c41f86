import type { Logger } from 'pino';
import type { Stats } from 'node:fs';

export async function describe(stats: Stats, _logger?: Logger): Promise<number> {
  return stats.size;
}
