import type { EtlFlowResult, FlowProgress } from '@tributary/workflow-contracts/etl';
import type { ExtractionProgress, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import type { Run } from '../../api/types.js';

/** Names of workflow types stand in the contracts, whose code is not the page's. */
export const isExtraction = ({ type }: Run): boolean => type === 'extractSqlMetadata';

export const isExtractionProgress = (progress: Run['progress']): progress is ExtractionProgress => progress !== undefined && 'batches' in progress;

export const isFlowProgress = (progress: Run['progress']): progress is FlowProgress => progress !== undefined && 'events' in progress;

export const isExtractionResult = (result: Run['result']): result is ExtractSqlMetadataResult => result !== undefined && 'manifest' in result;

export const isFlowResult = (result: Run['result']): result is EtlFlowResult => result !== undefined && 'events' in result;
