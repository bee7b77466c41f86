import type { ObjectRef } from '@tributary/common';
import type { Static } from '@sinclair/typebox';
import type { EtlFlowResult, Event, FlowInput, FlowProgress, LaunchpadQueryArgs, SubjectReport } from '../etl/index.js';
import type {
  ExtractionManifest,
  ExtractionProgress,
  ExtractSqlMetadataInput,
  ExtractSqlMetadataResult,
} from '../sql-metadata/index.js';
import type {
  EtlFlowResultSchema,
  EventSchema,
  ExtractionManifestSchema,
  ExtractionProgressSchema,
  ExtractSqlMetadataInputSchema,
  ExtractSqlMetadataResultSchema,
  FlowInputSchema,
  FlowProgressSchema,
  LaunchpadQueryArgsSchema,
  ObjectRefSchema,
  SubjectReportSchema,
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
    ] = [true, true, true, true, true, true, true, true, true, true, true];
    // The comparison itself bites.
    const different: [Same<{ a: 1 }, { a: 1; b?: 2 }>, Same<{ a: 1 }, { a: number }>] = [false, false];
    expect([...same, ...different]).toHaveLength(13);
  });
});
