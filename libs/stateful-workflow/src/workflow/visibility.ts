import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CoreState } from '../core-state.js';
import type { WorkerFacts } from './contract.js';
import type { EntityShell } from './entity-shell.js';

const TYPE = defineSearchAttributeKey('EntityType', SearchAttributeType.KEYWORD);
const ID = defineSearchAttributeKey('EntityId', SearchAttributeType.KEYWORD);
const OWNER = defineSearchAttributeKey('EntityOwner', SearchAttributeType.KEYWORD);
const STATUS = defineSearchAttributeKey('EntityStatus', SearchAttributeType.KEYWORD);
const VERSION = defineSearchAttributeKey('EntityVersion', SearchAttributeType.INT);

/** Shows in the Temporal UI and in lists what an entity is and how it is. Never a value of it, and no credential. */
export class Visibility {
  private shown: string | undefined;

  show(shell: EntityShell, { searchAttributes }: WorkerFacts): void {
    const { state, definition } = shell;
    if (!state) return;
    setCurrentDetails(details(state, shell.problems.at(-1)?.code));
    if (!searchAttributes) return;
    const owner = state.owners[0]?.workflow ?? null;
    const now = JSON.stringify([state.status, owner, definition.version]);
    this.shown ??= known();
    if (this.shown === now) return;
    this.shown = now;
    upsertSearchAttributes([
      { key: TYPE, value: state.self.type },
      { key: ID, value: state.self.id },
      { key: OWNER, value: owner },
      { key: STATUS, value: state.status },
      { key: VERSION, value: definition.version },
    ]);
  }
}

/** What an earlier run has set. */
function known(): string | undefined {
  const { typedSearchAttributes: attributes } = workflowInfo();
  const status = attributes.get(STATUS);
  return status === undefined ? undefined : JSON.stringify([status, attributes.get(OWNER) ?? null, attributes.get(VERSION) ?? 0]);
}

function details({ self, status, children, loads, counters }: CoreState, problem: string | undefined): string {
  const lines = [
    `**${self.type} ${self.id}**: ${status}`,
    children.size > 0 ? `children: ${children.size}` : '',
    ...Object.entries(loads).map(([name, { loadedAt, error, running }]) => {
      const at = loadedAt === undefined ? 'not loaded yet' : `loaded ${new Date(loadedAt).toISOString()}`;
      return `load ${name}: ${at}${running ? ', loading' : ''}${error ? `, failing with ${error.code}` : ''}`;
    }),
    counters.aside > 0 ? `put aside: ${counters.aside}` : '',
    problem === undefined ? '' : `latest problem: ${problem}`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}
