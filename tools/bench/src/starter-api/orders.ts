import { createHash } from 'node:crypto';
import type { WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { ETL_FLOW, LAUNCHPAD_QUEUE, MOCK_FLOW } from '@tributary/workflow-contracts/etl';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';

/** What all runs are about: that many connections, and as many teams. */
const SUBJECTS = 40;

/** A run that can be ordered from the API, or started past it in the same form. */
export interface Order {
  readonly type: string;
  /** Last segment of the route that starts it. */
  readonly slug: string;
  readonly input: object;
  /** Qualified name of its connection, or the subject of its flow: what it is found by. */
  readonly label: string;
  readonly bare: WorkflowStartOptions;
}

/** The run of that number among those that are there before anything is measured: every tenth fails. */
export function seededOrder(index: number): Order {
  const place = index % SUBJECTS;
  const name = place % 10 === 9 ? 'failing' : 'well';
  const type = [EXTRACT_SQL_METADATA, ETL_FLOW, MOCK_FLOW][index % 3] ?? MOCK_FLOW;
  return order(type, `source-${String(place)}`, name, String(index));
}

/** A run of its own subject, to be started while it is measured: an extraction, which excludes others, or a flow. */
export function freshOrder(name: string, index: number): Order {
  return order(index % 2 === 0 ? EXTRACT_SQL_METADATA : MOCK_FLOW, name, 'well', name);
}

function order(type: string, about: string, name: string, id: string): Order {
  const isExtraction = type === EXTRACT_SQL_METADATA;
  const slug = { [EXTRACT_SQL_METADATA]: 'extract-sql-metadata', [ETL_FLOW]: 'etl-flow' }[type] ?? 'mock-flow';
  const label = isExtraction ? `default/postgres/${about}` : `team/${about}`;
  const input = isExtraction
    ? {
        connection: { name, qualifiedName: label },
        source: { type: 'postgres', host: 'db.example.com', user: 'reader', password: 'secret://local/warehouse#password' },
      }
    : { type: 'LaunchpadQuery', args: { application_name: name, team: about, data_date_start: '2026-01-01' } };
  const attribute = defineSearchAttributeKey(isExtraction ? 'TributaryConnection' : 'TributarySubject', SearchAttributeType.KEYWORD);
  const fingerprint = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  return {
    type,
    slug,
    input,
    label,
    bare: {
      workflowId: `${slug}~${about}~${id}`,
      taskQueue: isExtraction ? SQL_METADATA_QUEUE : LAUNCHPAD_QUEUE,
      args: [input],
      memo: { [isExtraction ? 'connection' : 'subject']: label, fingerprint },
      typedSearchAttributes: [{ key: attribute, value: label }],
    },
  };
}
