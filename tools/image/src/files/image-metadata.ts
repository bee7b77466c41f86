import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the package.json of an app says of its image, below `nx.metadata`. */
export interface ImageMetadata {
  readonly version: string;
  /** Most bytes that the image may add to its base. */
  readonly budgetBytes: number;
  /** Variable of the port that /readyz is served on, and the port when it is unset. */
  readonly health: { readonly variable: string; readonly port: number };
  /** Built sites that go into the image where they are there: name of the folder, and where it is built. */
  readonly sites: Readonly<Record<string, string>>;
  /** What Node itself is started with. */
  readonly runEnvironment: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly version: string;
  readonly nx?: {
    readonly metadata?: {
      readonly image?: Pick<ImageMetadata, 'budgetBytes' | 'health'> & Partial<Pick<ImageMetadata, 'sites'>>;
      readonly runEnvironment?: Readonly<Record<string, string>>;
    };
  };
}

/** Reads it. @throws Error when the app is to have no image */
export async function imageMetadata(workspaceRoot: string, app: string): Promise<ImageMetadata> {
  const { version, nx } = JSON.parse(await readFile(join(workspaceRoot, 'apps', app, 'package.json'), 'utf8')) as Manifest;
  const { image, runEnvironment = {} } = nx?.metadata ?? {};
  if (!image) throw new Error(`apps/${app}/package.json has no nx.metadata.image`);
  return { version, runEnvironment, sites: {}, ...image };
}
