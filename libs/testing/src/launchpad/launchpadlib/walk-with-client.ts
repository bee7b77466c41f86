import {
  type CollectionPage,
  type Launchpad,
  REDACTED,
  REDACTION_TAG,
  type ResourceName,
} from '@tributary/clients/launchpad';
import { isCodedError } from '@tributary/common';

import { BUG_STATUSES } from '../world/entities-bugs.js';
import { QUEUE_STATUSES } from '../world/entities-code.js';
import { QUESTION_STATUSES } from '../world/entities-questions.js';
import type { Dumped, DumpedFields, WalkOptions } from './walk.js';

const LANES = 8;
const LANGUAGES = ['en', 'de', 'es'];

/** Walks a Launchpad as `walkWithLaunchpadlib` does, with the project's own client. */
export async function walkWithClient(
  client: Launchpad,
  options: Omit<WalkOptions, 'python'>,
): Promise<readonly Dumped[]> {
  const walk = new ClientWalk(client);
  const active = new Set(options.activityOf ?? []);
  await inLanes(options.people ?? [], (name) => walk.person(name, active.has(name)));
  await inLanes(options.bugs ?? [], (id) => walk.bug(id));
  await inLanes(options.projects ?? [], (name) => walk.proposals(name));
  await inLanes(options.questionTargets ?? [], (name) => walk.questions(name));
  return walk.dump;
}

class ClientWalk {
  readonly dump: Dumped[] = [];

  constructor(readonly client: Launchpad) {}

  async person(name: string, active: boolean): Promise<void> {
    const link = this.client.link(`~${name}`);
    const person = await this.#find('person', link, name);
    if (person === undefined) return;
    const below = (type: ResourceName, collection: string) => this.#below(person, type, collection);
    await Promise.all([
      below('person', 'members'),
      below('person', 'participants'),
      below('team_membership', 'members_details'),
      below('team_membership', 'memberships_details'),
      below('team', 'super_teams'),
      below('team', 'sub_teams'),
      below('specification', 'all_specifications'),
    ]);
    for (const archive of await below('archive', 'ppas')) {
      const of = archive['self_link'] as string;
      await this.#pages(
        of,
        'getPublishedSources',
        this.client.operation('archive.getPublishedSources', of, { order_by_date: true }),
      );
    }
    if (active) await this.#activity(person['self_link'] as string);
  }

  async #activity(link: string): Promise<void> {
    const { client } = this;
    const tasks = { status: BUG_STATUSES, omit_duplicates: false, order_by: ['id'] };
    await this.#pages(link, 'searchTasks', client.operation('person.searchTasks', link, tasks));
    const status = QUEUE_STATUSES;
    await this.#pages(link, 'getMergeProposals', client.operation('person.getMergeProposals', link, { status }));
    await this.#pages(link, 'getRequestedReviews', client.operation('person.getRequestedReviews', link, { status }));
    for (const participation of ['Owner', 'Commenter', 'Answerer'] as const) {
      const parameters = { status: QUESTION_STATUSES, participation: [participation] };
      await this.#pages(
        link,
        `searchQuestions ${participation}`,
        client.operation('person.searchQuestions', link, parameters),
      );
    }
  }

  async bug(id: number): Promise<void> {
    const bug = await this.#find('bug', this.client.link(`bugs/${id}`), String(id));
    if (bug === undefined) return;
    await this.#below(bug, 'bug_task', 'bug_tasks');
    await this.#below(bug, 'bug_activity', 'activity');
    await this.#below(bug, 'message', 'messages');
  }

  async proposals(project: string): Promise<void> {
    const pages = this.client.operation('project.getMergeProposals', this.client.link(project), {
      status: QUEUE_STATUSES,
    });
    await inLanes(await gather(pages), async (proposal) => {
      this.dump.push({ entry: proposal });
      await this.#below(proposal, 'code_review_comment', 'all_comments');
      await this.#below(proposal, 'code_review_vote_reference', 'votes');
      await this.#below(proposal, 'bug', 'bugs');
      const of = proposal['self_link'] as string;
      for (const diff of await this.#below(proposal, 'preview_diff', 'preview_diffs')) {
        const id = diff['id'] as number;
        const entries = await this.client.call('branch_merge_proposal.getInlineComments', of, { previewdiff_id: id });
        this.dump.push({ of, name: `getInlineComments ${id}`, entries: visible(entries) as DumpedFields[] });
      }
    });
  }

  async questions(target: string): Promise<void> {
    const parameters = { status: QUESTION_STATUSES, language: LANGUAGES };
    const pages = this.client.operation('question_target.searchQuestions', this.client.link(target), parameters);
    await inLanes(await gather(pages), async (question) => {
      this.dump.push({ entry: question });
      await this.#below(question, 'question_message', 'messages');
    });
  }

  async #find(type: ResourceName, link: string, name: string): Promise<DumpedFields | undefined> {
    const found = await this.client.find(type, link);
    if (found.outcome !== 'found') {
      this.dump.push({ missing: name, status: found.outcome === 'gone' ? 410 : 404 });
      return undefined;
    }
    const fields = visible(found.resource) as DumpedFields;
    this.dump.push({ entry: fields });
    return fields;
  }

  async #below(entry: DumpedFields, type: ResourceName, name: string): Promise<readonly DumpedFields[]> {
    const of = entry['self_link'] as string;
    return this.#pages(of, name, this.client.collection(type, entry[`${name}_collection_link`] as string));
  }

  async #pages(of: string, name: string, pages: AsyncIterable<CollectionPage>): Promise<readonly DumpedFields[]> {
    try {
      const entries = await gather(pages);
      this.dump.push({ of, name, entries });
      return entries;
    } catch (error) {
      const code = isCodedError(error) ? error.code : '';
      if (code !== 'LAUNCHPAD_GONE' && code !== 'LAUNCHPAD_NOT_FOUND') throw error;
      this.dump.push({ missing: `${of}/${name}`, status: code === 'LAUNCHPAD_GONE' ? 410 : 404 });
      return [];
    }
  }
}

async function gather(pages: AsyncIterable<CollectionPage>): Promise<DumpedFields[]> {
  const entries: DumpedFields[] = [];
  for await (const page of pages) entries.push(...page.entries.map((entry) => visible(entry) as DumpedFields));
  return entries;
}

/** Puts what Launchpad sends back where the client has its own mark for what is withheld. */
function visible(value: unknown): unknown {
  if (value === REDACTED) return REDACTION_TAG;
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, visible(field)]));
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
