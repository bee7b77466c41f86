import { existsSync } from 'node:fs';
import { isCodedError } from '@tributary/common';
import { DEV_DATA_UNUSABLE, DEV_PROCESS_FAILED, DEV_PROCESS_NOT_READY } from '../errors.js';

export interface KeptData {
  /** Of the server. */
  readonly name: string;
  /** File or folder that it keeps its data in. */
  readonly path: string;
  /** What is lost with it, as a sentence. */
  readonly loss: string;
}

/** Starts a server on data that is kept between starts. @throws DEV_DATA_UNUSABLE when it fails on data that was there before */
export async function onKeptData<T>({ name, path, loss }: KeptData, start: () => Promise<T>): Promise<T> {
  const wasThere = existsSync(path);
  try {
    return await start();
  } catch (error) {
    if (!wasThere || !mayBeTheData(error)) throw error;
    const quoted = `'${path.replaceAll("'", `'\\''`)}'`;
    throw DEV_DATA_UNUSABLE({ name, path, quoted, loss, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

function mayBeTheData(error: unknown): boolean {
  // The server of a start that has just failed is still ending.
  if (error instanceof Error && error.message.includes('database is locked')) return false;
  return !isCodedError(error) || error.code === DEV_PROCESS_FAILED.code || error.code === DEV_PROCESS_NOT_READY.code;
}
