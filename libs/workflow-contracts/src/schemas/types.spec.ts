import type { ObjectRef } from '@tributary/common';
import type { Static } from '@sinclair/typebox';
import type {
  EtlFlowResult,
  Event,
  EventsTable,
  FlowInput,
  FlowProgress,
  LaunchpadQueryArgs,
  SubjectReport,
  SummarizeEventsInput,
} from '../etl/index.js';
import type {
  BrowseSqlSourceInput,
  BrowseSqlSourceResult,
  CheckSqlSourceInput,
  ExtractionManifest,
  ExtractionProgress,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
  PlanSqlExtractionInput,
  SourceCheck,
  SqlExtractionPlan,
} from '../sql-metadata/index.js';
import type {
  BrowseSqlSourceInputSchema,
  BrowseSqlSourceResultSchema,
  CheckSqlSourceInputSchema,
  EtlFlowResultSchema,
  EventSchema,
  EventsTableSchema,
  ExtractionManifestSchema,
  ExtractionProgressSchema,
  ExtractSqlMetadataInputSchema,
  ExtractSqlMetadataResultSchema,
  FlowInputSchema,
  FlowProgressSchema,
  LaunchpadQueryArgsSchema,
  ObjectRefSchema,
  PlanSqlExtractionInputSchema,
  SourceCheckSchema,
  SqlExtractionPlanSchema,
  SubjectReportSchema,
  SummarizeEventsInputSchema,
} from './index.js';

/** `T` without `readonly`, which is all that the interfaces have and the schemas need not. */
type Plain<T> = T extends readonly (infer E)[] ? Plain<E>[] : T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;

/** True only for identical types: mutual assignability would let an extra optional property pass. */
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

describe('the types of the schemas', () => {
  it('are those of the messages, both ways', () => {
    // Checked by the compiler (nx typecheck): each line fails to compile when schema and interface differ.
    const same: [
      Same<Static<typeof ObjectRefSchema>, ObjectRef>,
      Same<Static<typeof ExtractSqlMetadataInputSchema>, ExtractSqlMetadataInput>,
      Same<Static<typeof ExtractionProgressSchema>, ExtractionProgress>,
      Same<Static<typeof ExtractSqlMetadataResultSchema>, ExtractSqlMetadataResult>,
      Same<Static<typeof ExtractionManifestSchema>, ExtractionManifest>,
      Same<Static<typeof FlowInputSchema>, FlowInput>,
      Same<Static<typeof LaunchpadQueryArgsSchema>, LaunchpadQueryArgs>,
      Same<Static<typeof FlowProgressSchema>, FlowProgress>,
      Same<Static<typeof EtlFlowResultSchema>, EtlFlowResult>,
      Same<Static<typeof SubjectReportSchema>, SubjectReport>,
      Same<Static<typeof EventSchema>, Event>,
      Same<Static<typeof CheckSqlSourceInputSchema>, CheckSqlSourceInput>,
      Same<Static<typeof SourceCheckSchema>, SourceCheck>,
      Same<Static<typeof BrowseSqlSourceInputSchema>, BrowseSqlSourceInput>,
      Same<Static<typeof BrowseSqlSourceResultSchema>, BrowseSqlSourceResult>,
      Same<Static<typeof PlanSqlExtractionInputSchema>, PlanSqlExtractionInput>,
      Same<Static<typeof SqlExtractionPlanSchema>, SqlExtractionPlan>,
      Same<Static<typeof SummarizeEventsInputSchema>, SummarizeEventsInput>,
      Same<Static<typeof EventsTableSchema>, EventsTable>,
    ] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];
    // The comparison itself bites.
    const different: [Same<{ a: 1 }, { a: 1; b?: 2 }>, Same<{ a: 1 }, { a: number }>] = [false, false];
    expect([...same, ...different]).toHaveLength(21);
  });
});
