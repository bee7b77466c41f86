/** Catalogs that the queries read. PostgreSQL lets everybody read them, unless an administrator revoked it. */
export const NEEDED_CATALOGS = [
  'pg_am',
  'pg_attrdef',
  'pg_attribute',
  'pg_class',
  'pg_collation',
  'pg_constraint',
  'pg_database',
  'pg_depend',
  'pg_description',
  'pg_enum',
  'pg_extension',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_foreign_table',
  'pg_index',
  'pg_inherits',
  'pg_language',
  'pg_namespace',
  'pg_partitioned_table',
  'pg_proc',
  'pg_sequence',
  'pg_shdescription',
  'pg_tablespace',
  'pg_type',
] as const;

/** Functions that the queries call, with their argument types; everybody may, unless it was revoked. */
export const NEEDED_FUNCTIONS = {
  format_type: 'oid, integer',
  oidvectortypes: 'oidvector',
  pg_get_constraintdef: 'oid',
  pg_get_expr: 'pg_node_tree, oid',
  pg_get_function_arguments: 'oid',
  pg_get_function_result: 'oid',
  pg_get_function_sqlbody: 'oid',
  pg_get_indexdef: 'oid',
  pg_get_partkeydef: 'oid',
  pg_get_userbyid: 'oid',
  pg_get_viewdef: 'oid',
  pg_database_size: 'oid',
  pg_total_relation_size: 'regclass',
} as const;

/** Functions that only reading exact sizes needs. */
export const SIZE_FUNCTIONS: readonly string[] = ['pg_database_size', 'pg_total_relation_size'];

/** The statement that gives `role` (quoted) what was revoked, if `name` is one of the above. */
export function grantOf(name: string, role: string): string | undefined {
  if ((NEEDED_CATALOGS as readonly string[]).includes(name)) return `GRANT SELECT ON pg_catalog.${name} TO ${role}`;
  const types = (NEEDED_FUNCTIONS as Readonly<Record<string, string>>)[name];
  return types === undefined ? undefined : `GRANT EXECUTE ON FUNCTION pg_catalog.${name}(${types}) TO ${role}`;
}
