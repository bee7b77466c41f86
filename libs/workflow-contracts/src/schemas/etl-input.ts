import { Type } from '@sinclair/typebox';
import { LAUNCHPAD_FLOWS } from '../etl/launchpad-query.js';
import { closed, list, oneOf } from './building-blocks.js';

const POINT_IN_TIME = '^\\d{4}-\\d{2}-\\d{2}(?:[Tt ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:[Zz]|[+-]\\d{2}:\\d{2})?)?$';

/** A date, or a time with or without seconds, fraction and offset. */
function pointInTime(description: string, example: string) {
  return Type.String({ pattern: POINT_IN_TIME, description, examples: [example] });
}

/** A name as Launchpad gives them: of a person, a team or a pillar. */
function launchpadName(description: string) {
  return Type.String({ minLength: 1, maxLength: 255, pattern: '^~?[A-Za-z0-9][A-Za-z0-9+.-]*$', description });
}

const EXAMPLE_ARGS = {
  application_name: 'my-app',
  service_root: 'production',
  version: 'devel',
  member: 'username',
  data_date_start: '2023-01-01',
  data_date_end: '2023-03-31',
};

/** Schema of `FlowInput`. What `args` must hold is up to the query type. */
export const FlowInputSchema = closed(
  {
    type: Type.String({ minLength: 1, maxLength: 100, description: 'Registered type of the query.', examples: ['LaunchpadQuery'] }),
    args: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', description: 'Arguments of the query.' }),
  },
  {
    title: 'FlowInput',
    description: 'Input of every flow. Holds references to credentials, never credentials.',
    examples: [{ type: 'LaunchpadQuery', args: EXAMPLE_ARGS }],
  },
);

/** Schema of `LaunchpadQueryArgs`, the `args` of query type `LaunchpadQuery`. */
export const LaunchpadQueryArgsSchema = closed(
  {
    application_name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000-\\u001f\\u007f]+$', description: 'Names the client to Launchpad. Default: LP_APP_ID.' }),
    ),
    service_root: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2048, description: 'Name (production, staging, …) or URL. Default: LAUNCHPAD_SERVICE_ROOT.' }),
    ),
    version: Type.Optional(
      Type.String({ minLength: 1, maxLength: 20, default: 'devel', description: 'Version of the web service.' }),
    ),
    member: Type.Optional(launchpadName('One person.')),
    members: Type.Optional(list(launchpadName('One of the persons.'), { minItems: 1, maxItems: 10_000 })),
    team: Type.Optional(launchpadName('A team: its members, direct and indirect.')),
    project: Type.Optional(launchpadName('A project, distribution or project group: what anybody did in it.')),
    data_date_start: pointInTime('Start of the window, inclusive; of an incremental run the origin, before which nothing is read.', '2023-01-01'),
    data_date_end: Type.Optional(pointInTime('End of the window, exclusive. Default: the start of the run.', '2023-03-31')),
    time_zone: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, default: 'UTC', description: 'IANA zone of dates and of times without offset.' }),
    ),
    incremental: Type.Optional(
      Type.Boolean({ default: false, description: 'Reads what has changed since the last green run of the same query.' }),
    ),
    flows: Type.Optional(list(oneOf(LAUNCHPAD_FLOWS), { minItems: 1, maxItems: LAUNCHPAD_FLOWS.length })),
    include_bodies: Type.Optional(Type.Boolean({ default: false, description: 'Store bodies of comments and descriptions.' })),
    quarantine_threshold: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0,
        description: "Fraction of the run's records that may be put aside because they cannot be transformed without making the run red.",
      }),
    ),
  },
  {
    title: 'LaunchpadQueryArgs',
    description: 'Arguments of a query of Launchpad. Exactly one of member, members, team and project is given.',
    oneOf: ['member', 'members', 'team', 'project'].map((subject) => ({
      type: 'object',
      properties: { [subject]: {} },
      required: [subject],
    })),
    examples: [EXAMPLE_ARGS],
  },
);
