import { afterAll, beforeAll } from '@jest/globals';
import type { MakeSubject, Subject } from './subject.js';

const START_MS = 60_000;

/** Makes the subject for the tests of the surrounding `describe`. */
export function useSubject<T>(make: MakeSubject<T>): () => T {
  let made: Subject<T> | undefined;
  beforeAll(async () => {
    made = await make();
  }, START_MS);
  afterAll(async () => {
    await made?.close?.();
  }, START_MS);
  return () => {
    if (!made) throw new Error('The subject is there only while a test runs');
    return made.subject;
  };
}
