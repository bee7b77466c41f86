import { Type } from '@sinclair/typebox';
import { BROWSE_LIMIT } from '../sql-metadata/source-browse.js';
import { count } from './building-blocks.js';

/** `next` of a page, and what continues after it. */
export function pageCursor(description: string) {
  return Type.String({ minLength: 1, maxLength: 2048, pattern: '^[A-Za-z0-9_-]+$', description });
}

/** Items per page. */
export function pageLimit(description: string) {
  return Type.Integer({ minimum: 1, maximum: BROWSE_LIMIT, default: 200, description });
}

/** Databases that a list had no room for. */
export const databasesOmitted = Type.Optional(count('Databases that the list has no room for.'));
