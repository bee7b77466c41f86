import { LAUNCHPAD_FORBIDDEN, LAUNCHPAD_GONE, type Found, type Resource, type ResourceName } from '@tributary/clients/launchpad';
import type { CodedError } from '@tributary/common';

/**
 * What the caller named, if it is there.
 * @param unknown error of a name that Launchpad does not know
 * @throws CodedError LAUNCHPAD_GONE, LAUNCHPAD_FORBIDDEN, `unknown`
 */
export function mustBeFound<T extends ResourceName>(found: Found<T>, url: string, unknown: () => CodedError): Resource<T> {
  switch (found.outcome) {
    case 'found':
      return found.resource;
    case 'gone':
      throw LAUNCHPAD_GONE({ url, outcome: 'gone' });
    case 'private':
      throw LAUNCHPAD_FORBIDDEN({ url, user: 'the signed-in user', reason: 'it is private', outcome: 'private' });
    case 'not_found':
      throw unknown();
  }
}
