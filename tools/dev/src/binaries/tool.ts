import type { GoToolchain } from './go-toolchain.js';

/** Platform in Go's words, which both projects use in their file names. */
export interface Platform {
  readonly os: 'linux' | 'darwin' | 'windows';
  readonly arch: 'amd64' | 'arm64';
}

/** Where a project publishes a program: paths below `https://github.com`, or below a mirror of it. */
export interface Release {
  readonly archive: string;
  readonly checksums: string;
  /** Folder inside the archive that holds the program. @default none */
  readonly folder?: string;
}

/** A program that the local stack needs. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** The version that is downloaded or built, and the folder of the cache. */
  readonly version: string;
  /** Environment variable that names a program to use instead of all else. */
  readonly variable: string;
  /** Versions that will do, in words. */
  readonly accepted: string;
  /** Arguments with which it tells its version. @default --version */
  readonly versionArguments?: readonly string[];
  /** The version in the output of that; undefined when it is none that will do. */
  accepts(output: string): string | undefined;
  release(platform: Platform): Release;
  /** Builds the program into the file `into`. @throws Error when that fails */
  build(go: GoToolchain, into: string): Promise<void>;
  /** The page with installation instructions. */
  readonly documentation: string;
}

/** This machine; undefined when the projects publish nothing for it. */
export function currentPlatform(): Platform | undefined {
  const os = ({ linux: 'linux', darwin: 'darwin', win32: 'windows' } as const)[process.platform as string];
  const arch = ({ x64: 'amd64', arm64: 'arm64' } as const)[process.arch as string];
  return os && arch ? { os, arch } : undefined;
}
