import { parseArgs } from 'node:util';
import { DEV_USAGE } from '../errors.js';

const USAGE = `npm start -- [--once] [--source postgres://user@host:5432/database]
       npm start -- --launchpad [--once] [--service-root production [--member NAME | --team NAME | --project NAME]]
                    [--from 2026-01-01] [--to 2026-07-01] [--incremental]
       npm start -- --hierarchy [--once]`;

export interface StartOptions {
  /** End after the run. */
  readonly once: boolean;
  /** URL of a database other than the sample. */
  readonly source?: string;
  /** Run the Launchpad flow in place of the extraction. */
  readonly launchpad?: LaunchpadOptions;
  /** Grow a hierarchy in place of the extraction. */
  readonly hierarchy?: true;
}

/** Whose events are loaded. What is left out is the sample's. */
export interface LaunchpadOptions {
  /** Launchpad to read, by name or URL; without it the look-alike. */
  readonly serviceRoot?: string;
  readonly subject?: { readonly kind: 'member' | 'team' | 'project'; readonly name: string };
  readonly from?: string;
  readonly to?: string;
  readonly incremental: boolean;
}

const SUBJECTS = ['member', 'team', 'project'] as const;
const TEXT = { type: 'string' } as const;

/** @throws DEV_USAGE */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parsed(args);
  const { once, source, launchpad, hierarchy, incremental, from, to, 'service-root': serviceRoot } = values;
  const subjects = SUBJECTS.flatMap((kind) => (values[kind] === undefined ? [] : [{ kind, name: values[kind] }]));
  const [subject, another] = subjects;
  if (!launchpad) {
    if (serviceRoot ?? from ?? to ?? subject ?? (incremental || undefined)) throw usage('Options of Launchpad need --launchpad.');
    if (hierarchy && source !== undefined) throw usage('--source is for the extraction of a database, and not for --hierarchy.');
    return { once, ...(source === undefined ? {} : { source }), ...(hierarchy ? { hierarchy } : {}) };
  }
  if (hierarchy) throw usage('Give one of --launchpad and --hierarchy.');
  if (source !== undefined) throw usage('--source is for the extraction of a database, and not for --launchpad.');
  if (incremental && to !== undefined) throw usage('--incremental reads up to now; leave --to out.');
  if (another) throw usage('Give one of --member, --team and --project.');
  if (serviceRoot !== undefined && (!subject || from === undefined)) {
    throw usage('With --service-root, say whose events (--member, --team or --project) and since when (--from).');
  }
  return {
    once,
    launchpad: {
      incremental,
      ...(serviceRoot === undefined ? {} : { serviceRoot }),
      ...(subject === undefined ? {} : { subject }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        source: TEXT,
        launchpad: { type: 'boolean', default: false },
        hierarchy: { type: 'boolean', default: false },
        'service-root': TEXT,
        member: TEXT,
        team: TEXT,
        project: TEXT,
        from: TEXT,
        to: TEXT,
        incremental: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    // What was given may hold a password; the first words of Node's message name the option alone.
    const option = /'(-[\w-]*)/.exec((error as Error).message)?.[1];
    throw usage(option ? `The option ${option} is unknown or lacks its value.` : 'There is an argument too many.');
  }
}

function usage(problem: string): Error {
  return DEV_USAGE({ problem, usage: USAGE });
}

/** @throws DEV_USAGE when there are any arguments */
export function refuseArguments(args: readonly string[], howTo: string): void {
  if (args.length > 0) throw DEV_USAGE({ problem: `It takes no arguments, but got ${args.length}.`, usage: howTo });
}
