import { createHash } from 'node:crypto';
import { LAUNCHPAD_VERSIONS, type LaunchpadVersion } from '@tributary/clients/launchpad';
import { argsChecker, argsInvalid, formatInstant, readWindow, type ArgProblem } from '@tributary/etl';
import { LAUNCHPAD_FLOWS, LAUNCHPAD_QUERY, type FlowInput, type LaunchpadFlow, type LaunchpadQueryArgs } from '@tributary/workflow-contracts/etl';
import { LaunchpadQueryArgsSchema } from '@tributary/workflow-contracts/schemas';
import type { LaunchpadQuery, LaunchpadSubject } from './launchpad-query.js';
import { allowedServiceRoot } from './service-root.js';

/** What the worker is configured with; an input that leaves these out gets them. */
export interface QueryDefaults {
  readonly applicationName: string;
  /** Name or URL. */
  readonly configuredServiceRoot: string;
}

/** Versions before devel have neither questions nor the dates of blueprints. */
const DEVEL_ONLY: readonly LaunchpadFlow[] = ['questions', 'blueprints'];

const check = argsChecker(LaunchpadQueryArgsSchema);

/**
 * The query that arguments ask for; the seed's example is taken as it stands.
 * @throws CodedError ETL_ARGS_INVALID, LAUNCHPAD_SERVICE_ROOT_REFUSED, LAUNCHPAD_SERVICE_ROOT_INVALID
 */
export function createLaunchpadQuery(args: FlowInput['args'], startedAt: Date, defaults: QueryDefaults): LaunchpadQuery {
  const checked = check(args);
  if (checked.args === undefined) throw argsInvalid(LAUNCHPAD_QUERY, checked.problems);
  const given: LaunchpadQueryArgs = checked.args;

  const { window, problems } = readWindow(
    { start: given.data_date_start, end: given.data_date_end, timeZone: given.time_zone },
    startedAt,
  );
  const all = [...problems, ...versionProblems(given), ...incrementalProblems(given)];
  if (window === undefined || all.length > 0) throw argsInvalid(LAUNCHPAD_QUERY, all);

  const subject = subjectOf(given);
  const serviceRoot = allowedServiceRoot(given.service_root, defaults.configuredServiceRoot);
  const version = (given.version ?? 'devel') as LaunchpadVersion;
  const bodies = given.include_bodies ?? false;
  const incremental = given.incremental ?? false;
  const flows = LAUNCHPAD_FLOWS.filter((flow) => given.flows?.includes(flow) ?? true);
  const applicationName = given.application_name ?? defaults.applicationName;
  return {
    type: LAUNCHPAD_QUERY,
    window,
    incremental,
    quarantineThreshold: given.quarantine_threshold ?? 0,
    // Equal scopes share what they remember, so everything stands in it that changes what a visit loads.
    scope: [serviceRoot, version, scopeOf(subject), window.start, bodies ? 'bodies' : 'no-bodies'].join(' '),
    applicationName,
    serviceRoot,
    version,
    subject,
    flows: new Set(flows),
    bodies,
    startedAt: formatInstant(BigInt(startedAt.getTime()) * 1000n),
    toSummaryBase: () => ({
      service_root: serviceRoot,
      version,
      ...summaryOf(subject),
      data_date_start: window.start,
      data_date_end: window.end,
      flows,
      incremental,
      include_bodies: bodies,
      ...(given.quarantine_threshold === undefined ? {} : { quarantine_threshold: given.quarantine_threshold }),
    }),
  };
}

function versionProblems({ version = 'devel', flows = LAUNCHPAD_FLOWS }: LaunchpadQueryArgs): ArgProblem[] {
  if (!(LAUNCHPAD_VERSIONS as readonly string[]).includes(version)) {
    return [{ path: '/version', received: version, allowed: `one of ${LAUNCHPAD_VERSIONS.join(', ')}` }];
  }
  const missing = version === 'devel' ? [] : DEVEL_ONLY.filter((flow) => flows.includes(flow));
  if (missing.length === 0) return [];
  return [{ path: '/version', received: version, allowed: `devel; other versions do not have ${missing.join(' and ')}, so name the other flows in /flows` }];
}

/** An incremental run goes on to its own start: one that ended earlier would take marks for what it has not seen. */
function incrementalProblems({ incremental, data_date_end: end }: LaunchpadQueryArgs): ArgProblem[] {
  if (incremental !== true || end === undefined) return [];
  return [{ path: '/data_date_end', received: end, allowed: 'nothing when incremental is true; a backfill of a window is a run that is not incremental' }];
}

function subjectOf({ member, members, team, project }: LaunchpadQueryArgs): LaunchpadSubject {
  if (team !== undefined) return { kind: 'team', name: canonical(team) };
  if (project !== undefined) return { kind: 'project', name: canonical(project) };
  const names = member === undefined ? (members ?? []) : [member];
  return { kind: 'members', names: [...new Set(names.map(canonical))].sort() };
}

/** Launchpad's own form of a name. */
function canonical(name: string): string {
  return name.replace(/^~/, '').toLowerCase();
}

const MANY = 5;

function scopeOf(subject: LaunchpadSubject): string {
  if (subject.kind !== 'members') return `${subject.kind}:${subject.name}`;
  const names = subject.names.join(',');
  if (subject.names.length <= MANY) return `members:${names}`;
  return `members:${createHash('sha256').update(names).digest('hex').slice(0, 32)}`;
}

function summaryOf(subject: LaunchpadSubject) {
  if (subject.kind !== 'members') return { [subject.kind]: subject.name };
  const { names } = subject;
  if (names.length <= MANY) return { members: names };
  return { members: [...names.slice(0, MANY), `and ${String(names.length - MANY)} more`] };
}
