import { LaunchpadClient, type LaunchpadCredentials, type RequestReport, serviceRootUrl } from '@tributary/clients/launchpad';
import { defineSource, type Source } from '@tributary/etl';
import { LAUNCHPAD_QUERY } from '@tributary/workflow-contracts/etl';
import { createLaunchpadQuery } from '../query/create-query.js';
import type { LaunchpadQuery } from '../query/launchpad-query.js';
import { STAGES, type Visited } from './reading.js';
import { LaunchpadSession } from './session.js';

export interface LaunchpadSourceOptions {
  /** Name or URL of the Launchpad that is read when an input names none, and the only one that gets the credentials. */
  readonly configuredServiceRoot: string;
  /** Name by which Launchpad knows this client, unless an input gives another. */
  readonly applicationName: string;
  /** Asked for each session, so that a renewed token is taken up; undefined: anonymous access. */
  readonly credentials?: (signal: AbortSignal) => Promise<LaunchpadCredentials | undefined>;
  /** Requests in flight, of all runs of this process together. @default 8 */
  readonly maxRequests?: number;
  /** Told of every request: for logs and benchmarks. */
  readonly onRequest?: (report: RequestReport) => void;
}

/** `Event.source_kind_id` of Launchpad's events. */
export const LAUNCHPAD_SOURCE_KIND = 'launchpad';

/** Launchpad as a source of events: bugs, merge proposals, questions, blueprints, package uploads, team memberships. */
export function createLaunchpadSource(options: LaunchpadSourceOptions): Source<LaunchpadQuery, Visited> {
  const { configuredServiceRoot, applicationName, maxRequests, onRequest } = options;
  return defineSource<LaunchpadQuery, Visited>({
    type: LAUNCHPAD_QUERY,
    sourceKindId: LAUNCHPAD_SOURCE_KIND,
    stages: STAGES,
    createQuery: (args, startedAt) => createLaunchpadQuery(args, startedAt, { applicationName, configuredServiceRoot }),
    async open(query, signal) {
      const own = query.serviceRoot === serviceRootUrl(configuredServiceRoot);
      const credentials = own ? await options.credentials?.(signal) : undefined;
      return new LaunchpadSession(query, (onAnswer) => {
        return new LaunchpadClient({
          serviceRoot: query.serviceRoot,
          version: query.version,
          // A token is good for the application alone that it was made for, whatever the input calls itself.
          ...(credentials === undefined ? { applicationName: query.applicationName } : { applicationName, credentials }),
          ...(maxRequests === undefined ? {} : { maxInFlight: maxRequests }),
          onRequest(report) {
            onAnswer();
            onRequest?.(report);
          },
        });
      });
    },
  });
}
