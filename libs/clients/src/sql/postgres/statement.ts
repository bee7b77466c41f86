import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely';

/** SQL text with `$n` placeholders and the values bound to them. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

// Compiles only; statements are sent by the session, over its one connection.
const compiler = new Kysely<Record<never, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The statement that a `sql` template stands for. */
export function compileStatement(template: RawBuilder<unknown>): Statement {
  const { sql, parameters } = template.compile(compiler);
  return { text: sql, values: parameters };
}
