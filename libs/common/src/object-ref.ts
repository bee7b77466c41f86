/** A reference to bytes in the object store: what travels through Temporal in place of anything that can grow. */
export interface ObjectRef {
  /** Key in the object store, relative to its root: `runs/…/part-00001.jsonl.gz`. */
  readonly uri: string;
  /** Lower-case hex SHA-256 of the stored bytes. */
  readonly sha256: string;
  /** Stored size in bytes. */
  readonly bytes: number;
  /** Records within: lines of a JSON-lines object, 1 for a single document. */
  readonly records: number;
}
