import { LAUNCHPAD_FOREIGN_LINK } from './errors.js';

/**
 * Link of a path below a service root. Whatever stands in the path stays within it: `?`, `#` and such are encoded.
 * @throws CodedError LAUNCHPAD_FOREIGN_LINK when the path leads out of the root
 */
export function resourceLink(root: string, path: string): string {
  const segments = path.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..') || path.startsWith('/')) {
    throw LAUNCHPAD_FOREIGN_LINK({ url: path.slice(0, 200), root });
  }
  return root + segments.map((segment) => encodeURIComponent(segment).replace(/%(2B|3A|40)/g, decodeURIComponent)).join('/');
}
