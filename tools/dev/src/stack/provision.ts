import { findDaprd, findTemporal } from '../binaries/index.js';
import type { FinderEvent, FoundBinary } from '../binaries/index.js';
import { formatBytes } from '../terminal/index.js';
import type { Steps } from '../terminal/index.js';

export interface Binaries {
  readonly temporal: FoundBinary;
  readonly daprd: FoundBinary;
}

/** Finds or makes Temporal and daprd, one after the other, and shows how it goes. @throws DEV_BINARY_MISSING, DEV_BINARY_UNFIT */
export async function provisionBinaries(steps: Steps): Promise<Binaries> {
  const one = (title: string, find: typeof findTemporal): Promise<FoundBinary> =>
    steps.run(
      title,
      (tell) => find({ onEvent: (event) => { tell(describe(event)); } }),
      ({ version, description, path }) => `${version}, ${description} (${path})`,
    );
  const temporal = await one('Temporal server', findTemporal);
  return { temporal, daprd: await one('Dapr sidecar', findDaprd) };
}

function describe(event: FinderEvent): string {
  switch (event.kind) {
    case 'waiting':
      return `waiting for process ${event.holder}, which makes it`;
    case 'downloading':
      return `downloading ${formatBytes(event.bytes)}${event.total === undefined ? '' : ` of ${formatBytes(event.total)}`} from ${new URL(event.url).host}`;
    case 'building':
      return `building version ${event.version} with Go, once; this takes some minutes${event.line ? `; ${event.line}` : ''}`;
  }
}
