import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Caller } from './access.js';
import { includesRole, isRole, ROLES } from './roles.js';

export const CallerSchema = Type.Object(
  {
    name: Type.String({ description: 'Name of the API key, or subject of the token.' }),
    role: Type.Unsafe<(typeof ROLES)[number]>({ type: 'string', enum: [...ROLES] }),
    kind: Type.Unsafe<Caller['kind']>({ type: 'string', enum: ['api-key', 'oidc'], description: 'What the credential is.' }),
    operations: Type.Array(Type.String(), { description: 'Ids of the operations of this document that the role may call.' }),
  },
  { $id: 'Caller' },
);

interface Documented {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string; readonly 'x-required-role'?: string }>>>>;
}

/** Tells callers who they are, and which operations of the OpenAPI document are theirs: the routes' own access decides. */
export function callerViews(app: FastifyInstance): (caller: Caller) => Static<typeof CallerSchema> {
  const byRole = new Map<string, string[]>();
  const operationsOf = (role: Caller['role']): string[] => {
    const known = byRole.get(role) ?? allowedTo(role, app.swagger() as Documented);
    byRole.set(role, known);
    return known;
  };
  return ({ name, role, kind }) => ({ name, role, kind, operations: operationsOf(role) });
}

function allowedTo(role: Caller['role'], { paths = {} }: Documented): string[] {
  return Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ operationId, 'x-required-role': needed }) => (operationId !== undefined && isRole(needed) && includesRole(role, needed) ? [operationId] : []))
    .sort();
}
