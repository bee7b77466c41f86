import { LAUNCHPAD_QUERY } from '@tributary/workflow-contracts/etl';
import type { EtlFlowResult, FlowInput, FlowProgress, LaunchpadQueryArgs, SubjectReport } from '@tributary/workflow-contracts/etl';
import { FlowView, flowSummaryLines } from '../run/index.js';
import type { ApiClient, ApiRun } from '../run/index.js';
import { eventsByWeek, LAUNCHPAD_WORKER, launchpadPlace, startInfrastructure, startLookAlike, STARTER_API } from '../stack/index.js';
import type { Infrastructure, LookAlike } from '../stack/index.js';
import type { Screen } from '../terminal/index.js';
import { runFailed } from './job.js';
import type { Job, JobContext } from './job.js';
import { errorText } from './report-error.js';
import type { LaunchpadOptions } from './start-options.js';

const TYPE = 'EtlFlow';

type LaunchpadInput = FlowInput<LaunchpadQueryArgs>;

/** One run of the Launchpad flow: on the look-alike, unless a service root is given. */
export function launchpadJob(options: LaunchpadOptions): Job {
  return {
    apps: [
      { app: LAUNCHPAD_WORKER, title: 'Launchpad worker' },
      { app: STARTER_API, title: 'Starter API' },
    ],
    prepare: async (context) => {
      const { layout, steps, supervisor } = context;
      const lookAlike =
        options.serviceRoot === undefined ? steps.run('Look-alike Launchpad', () => startLookAlike(layout, supervisor)) : undefined;
      const place = launchpadPlace(layout, options.serviceRoot);
      const [sample, infrastructure] = await Promise.all([
        lookAlike,
        startInfrastructure({
          ...context,
          withSample: false,
          launchpad: lookAlike ? lookAlike.then(({ url }) => ({ serviceRoot: url })) : place.launchpad,
        }),
      ]);
      const input = inputFor(options, sample);
      return { infrastructure, input, secrets: place.secrets, run: (api, screen) => load(api, input, { ...context, infrastructure }, screen) };
    },
  };
}

/** Input of the flow; what the options leave open is as the sample has it. */
export function inputFor({ subject, from, to, incremental }: LaunchpadOptions, sample: LookAlike | undefined): LaunchpadInput {
  // An incremental run goes on to its own start.
  const end = to ?? (from === undefined && !incremental ? sample?.to : undefined);
  return {
    type: LAUNCHPAD_QUERY,
    args: {
      ...(subject ? { [subject.kind]: subject.name } : { team: sample?.team ?? '' }),
      data_date_start: from ?? sample?.from ?? '',
      ...(end === undefined ? {} : { data_date_end: end }),
      ...(incremental ? { incremental } : {}),
    },
  };
}

async function load(api: ApiClient, input: LaunchpadInput, context: JobContext & { infrastructure: Infrastructure }, screen: Screen): Promise<boolean> {
  const { serviceRoot, signedInAs } = context.infrastructure.stack.launchpad;
  await api.cancelRunning(TYPE, (left) => { screen.print(`Cancelling what an earlier start has left running (${left})`); });
  screen.print(`\nLoading events of ${subjectText(input.args)} from ${serviceRoot}, ${signedInAs === undefined ? 'anonymously' : `as ${signedInAs}`}`);
  const view = new FlowView(screen);
  const started = Date.now();
  try {
    const begun = await api.start<EtlFlowResult>('etl-flow', input);
    const run = await api.follow(begun, (progress: FlowProgress) => { view.show(progress); });
    view.end();
    if (run.result) await printSummary(api, run, run.result, { ...context, elapsedMs: Date.now() - started }, screen);
    if (run.status !== 'completed') throw runFailed(run);
    return true;
  } catch (error) {
    view.end();
    screen.print(`\n${errorText(error)}`);
    return false;
  }
}

async function printSummary(
  api: ApiClient,
  run: ApiRun<EtlFlowResult>,
  result: EtlFlowResult,
  { infrastructure, layout, elapsedMs }: JobContext & { infrastructure: Infrastructure; elapsedMs: number },
  screen: Screen,
): Promise<void> {
  const [report] = (await api.artifacts(run)).artifacts;
  const lines = report ? await api.readLines<SubjectReport | { subject?: never }>(report.href) : [];
  const subjects = lines.flatMap((line) => (line.subject === undefined ? [] : [line]));
  const { eventsUrl } = infrastructure.stack;
  const weeks = await eventsByWeek(infrastructure, result.window);
  screen.print(`\n${flowSummaryLines({ result, subjects, weeks, elapsedMs, objects: layout.objects }).join('\n')}`);
  if (run.links.temporalUi) screen.print(`Run          ${run.links.temporalUi}`);
  screen.print(`
The events are in table tributary.events. While this serves:
  PGPASSWORD=$(node -p 'require("${layout.secretsFile}").events.password') \\
    psql '${eventsUrl}' -c 'SELECT week, type, count(*) FROM tributary.events GROUP BY 1, 2 ORDER BY 1, 2'`);
}

function subjectText({ member, members, team, project }: LaunchpadQueryArgs): string {
  if (team !== undefined) return `team ${team}`;
  return project === undefined ? `${member ?? `${members?.length ?? 0} members`}` : `project ${project}`;
}
