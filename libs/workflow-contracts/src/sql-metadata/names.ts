/** Workflow type of the SQL metadata extraction. */
export const EXTRACT_SQL_METADATA = 'extractSqlMetadata';

/** Task queue that the SQL metadata worker polls. */
export const SQL_METADATA_QUEUE = 'sql-metadata';

/** Pub/sub topic and CloudEvent types of SQL metadata. */
export const SQL_METADATA_EVENTS = {
  topic: 'sql-metadata',
  published: 'tributary.sql-metadata.published.v1',
} as const;
