import { ApiFailure, problemOf } from './problem.js';

/** Something that is kept under a name, in the version that an ETag stands for. */
export interface Saved<T> {
  readonly value: T;
  readonly etag: string;
}

/** Headers under which a version is changed and no other; without one there must be none yet. */
export function onlyIf(etag: string | undefined): Readonly<Record<string, string>> {
  return etag === undefined ? { 'if-none-match': '*' } : { 'if-match': etag };
}

/** Whether somebody else has changed what was to be changed, or has made what was to be made. */
export function isOutdated(error: unknown): boolean {
  return problemOf(error).status === 412;
}

/** What is read, or undefined where it is not there any more. */
export async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (problemOf(error).status === 404) return undefined;
    throw error;
  });
}

/** Says in its own words that a name is taken. */
export async function unlessTaken<T>(name: string, making: Promise<T>): Promise<T> {
  return making.catch((error: unknown) => {
    if (!isOutdated(error)) throw error;
    throw new ApiFailure({ ...problemOf(error), detail: `The name ${name} is taken.`, fix: 'Choose another name, or change what has it on its own page.' });
  });
}
