import type { SqlExtractionPlan } from '../../api/source-questions.js';

type Kind = keyof NonNullable<SqlExtractionPlan['databases'][number]['counts']>;

/** Kinds of which some database has something, in the order of the counts. */
export function kindsOf(databases: SqlExtractionPlan['databases']): readonly Kind[] {
  const counts = databases.flatMap(({ counts: of }) => of ?? []);
  const kinds = Object.keys(counts[0] ?? {}) as Kind[];
  return kinds.filter((kind) => counts.some((of) => of[kind] > 0));
}
