import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import type { RUN_SEARCH_ATTRIBUTES } from '@tributary/workflow-contracts';
import type { RunLabels } from './run-memo.js';
import { GRPC, grpcCode, temporalCall } from './temporal-call.js';

/** Label of a run, by the search attribute that has it too. */
const ATTRIBUTES = { TributaryConnection: 'connection', TributarySubject: 'subject' } as const satisfies Record<keyof typeof RUN_SEARCH_ATTRIBUTES, keyof RunLabels>;

/** How long a no is believed, in milliseconds: somebody may register them while the API runs. */
const ASK_AGAIN_MS = 30_000;

/** Longest text that a keyword may be on every store of visibility. */
const KEYWORD_MAX = 255;

/** Whether the namespace of a client knows the search attributes of runs, and what a run has in them. */
export class RunSearchAttributes {
  private answer: { readonly at: number; readonly known: boolean } | undefined;

  constructor(private readonly client: Client) {}

  /** @throws CodedError API_TEMPORAL_UNAVAILABLE */
  async known(): Promise<boolean> {
    if (this.answer && (this.answer.known || Date.now() - this.answer.at < ASK_AGAIN_MS)) return this.answer.known;
    const known = await this.ask();
    this.answer = { at: Date.now(), known };
    return known;
  }

  /** What a run with these labels is started with; nothing where the namespace knows none. */
  async of(labels: RunLabels): Promise<SearchAttributePair[]> {
    if (!(await this.known())) return [];
    return Object.entries(ATTRIBUTES).flatMap(([name, label]) => {
      const value = labels[label];
      return value === undefined ? [] : [{ key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value: value.slice(0, KEYWORD_MAX) }];
    });
  }

  /** After a start was refused because of them. */
  forget(): void {
    this.answer = { at: Date.now(), known: false };
  }

  /** Asks what any client of the namespace may ask: the operator's interface is closed to many. */
  private async ask(): Promise<boolean> {
    const { namespace } = this.client.options;
    const query = Object.keys(ATTRIBUTES).map((name) => `${name} = 'x'`).join(' AND ');
    try {
      await temporalCall(this.client, () => this.client.workflowService.countWorkflowExecutions({ namespace, query }));
      return true;
    } catch (error) {
      if (grpcCode(error) === GRPC.INVALID_ARGUMENT) return false;
      throw error;
    }
  }
}

const byClient = new WeakMap<Client, RunSearchAttributes>();

/** The one of a client: all who start and list through it share its answer. */
export function runSearchAttributes(client: Client): RunSearchAttributes {
  let attributes = byClient.get(client);
  if (!attributes) byClient.set(client, (attributes = new RunSearchAttributes(client)));
  return attributes;
}
