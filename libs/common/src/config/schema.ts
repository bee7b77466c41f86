import type { Variable } from './variable.js';

export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** The environment of one app: what it reads, under the names its code uses. */
export interface ConfigSchema<V extends Variables = Variables> {
  readonly app: string;
  readonly description: string;
  readonly variables: V;
}

/** The values of a schema, after `loadConfig`. */
export type Config<S extends ConfigSchema> = {
  readonly [K in keyof S['variables']]: S['variables'][K] extends Variable<infer T> ? T : never;
};

/**
 * Declares the environment of an app: `defineConfig({app, description, variables: {...temporalVariables, apiPort}})`.
 * @throws Error when two entries use one name
 */
export function defineConfig<V extends Variables>(schema: ConfigSchema<V>): ConfigSchema<V> {
  const seen = new Set<string>();
  for (const { name, aliases } of Object.values(schema.variables)) {
    for (const used of [name, ...aliases]) {
      if (seen.has(used)) throw new Error(`${schema.app} declares ${used} twice`);
      seen.add(used);
    }
  }
  return schema;
}
