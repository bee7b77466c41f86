import { API_PAGE_TOKEN_INVALID } from '../errors.js';
import type { StatePlace } from '@tributary/stateful-workflow/client';

/** A place in a list as a page token. */
export function encodePlace({ type, id }: StatePlace): string {
  return Buffer.from(JSON.stringify([type, id])).toString('base64url');
}

/** @throws CodedError API_PAGE_TOKEN_INVALID */
export function decodePlace(token: string): StatePlace {
  const [type, id] = parsed(token);
  if (typeof type !== 'string' || typeof id !== 'string' || type.length > 100 || id.length > 2_000) throw API_PAGE_TOKEN_INVALID();
  return { type, id };
}

function parsed(token: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
