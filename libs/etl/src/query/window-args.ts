import { Type, type Static, type TObject, type TProperties } from '@sinclair/typebox';

/** The arguments that every query takes, its window first, under the names that all sources share. */
export const windowArgs = {
  data_date_start: Type.String({
    description: 'Start of the window, inclusive; of an incremental run the origin, before which nothing is read.',
    examples: ['2023-01-01'],
  }),
  data_date_end: Type.Optional(
    Type.String({ description: 'End of the window, exclusive. Default: the start of the run.', examples: ['2023-03-31'] }),
  ),
  time_zone: Type.Optional(Type.String({ default: 'UTC', description: 'IANA zone of dates and of times without offset.' })),
  incremental: Type.Optional(
    Type.Boolean({ default: false, description: 'Reads what has changed since the last green run of the same query.' }),
  ),
  quarantine_threshold: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0,
      description: "Fraction of the run's records that may be put aside because they cannot be transformed without making the run red.",
    }),
  ),
};

export type WindowQueryArgs = Static<TObject<typeof windowArgs>>;

/** Arguments of a query that has the properties `P` besides the window. */
export type ArgsOf<P extends TProperties> = Static<TObject<P>> & WindowQueryArgs;
