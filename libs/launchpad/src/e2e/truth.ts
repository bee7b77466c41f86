import { parseInstant } from '@tributary/etl';
import { toEvents, type LaunchpadRecord } from '@tributary/transformers/launchpad';
import type { LaunchpadServer } from '@tributary/testing/launchpad';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { activityKey } from '@tributary/transformers/launchpad';
import { nameIn } from '../source/fields.js';

type Entry = Record<string, unknown> & { readonly self_link: string };

/** What a run should find, and for whom. */
export interface TruthOptions {
  /** Names of the people; absent: everybody, in one project. */
  readonly people?: readonly string[];
  readonly project?: string;
  readonly start: string;
  readonly end: string;
  readonly bodies?: boolean;
}

const PROPOSAL_STATUSES = ['Work in progress', 'Needs review', 'Approved', 'Rejected', 'Merged', 'Code failed to merge', 'Queued', 'Superseded'];
const QUESTION_STATUSES = ['Open', 'Needs information', 'Answered', 'Solved', 'Expired', 'Invalid'];

/**
 * The events that a Launchpad holds for somebody, found without any search for people: everything there is gets read,
 * one request after the other with nothing but `fetch`, and is sorted out afterwards.
 */
export async function truthOf(server: LaunchpadServer, options: TruthOptions): Promise<readonly EventDraft[]> {
  const truth = new Truth(server, options);
  const found = [...(await truth.bugs()), ...(await truth.proposals()), ...(await truth.questions()), ...(await truth.blueprints())];
  if (options.people !== undefined) found.push(...(await truth.uploads()), ...(await truth.memberships()));
  const [from, to] = [parseInstant(options.start), parseInstant(options.end)];
  const within = found.filter(({ time }) => parseInstant(time) >= from && parseInstant(time) < to);
  return [...new Map(within.map((event) => [event.id, event])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

class Truth {
  readonly #people: ReadonlySet<string> | undefined;
  readonly #bodies: boolean;

  constructor(
    private readonly server: LaunchpadServer,
    private readonly options: TruthOptions,
  ) {
    this.#people = options.people === undefined ? undefined : new Set(options.people);
    this.#bodies = options.bodies ?? false;
  }

  async bugs(): Promise<EventDraft[]> {
    const events: EventDraft[] = [];
    for (const { id } of [...this.server.world.bugs.all]) {
      const bug = await this.#get(`bugs/${String(id)}`);
      if (bug === undefined) continue;
      const tasks = await this.#all(`bugs/${String(id)}/bug_tasks`);
      const { project } = this.options;
      if (project !== undefined && !tasks.some(({ target_link: target }) => String(target).endsWith(`/${project}`))) continue;
      const activity = await this.#all(`bugs/${String(id)}/activity`);
      const messages = await this.#all(`bugs/${String(id)}/messages`);
      const keys = new Map<string, number>();
      const records = [
        { kind: 'bug', bodies: this.#bodies, bug },
        ...messages.map((message) => ({ kind: 'bug_message', bodies: this.#bodies, bug: id, message })),
        ...tasks
          .filter(({ target_link: target }) => project === undefined || String(target).endsWith(`/${project}`))
          .map((task) => ({ kind: 'bug_task', bug: id, task, activity })),
        ...activity.map((row) => {
          const key = activityKey(row as never);
          const ordinal = keys.get(key) ?? 0;
          keys.set(key, ordinal + 1);
          return { kind: 'bug_activity', bodies: this.#bodies, bug: id, ordinal, activity: row };
        }),
      ];
      events.push(...this.#kept(records, bug['owner_link']));
    }
    return events;
  }

  async proposals(): Promise<EventDraft[]> {
    const events: EventDraft[] = [];
    const projects = this.server.world.pillars.all.filter(({ type, name }) => type === 'project' && (this.options.project ?? name) === name);
    for (const { name } of projects) {
      for (const proposal of await this.#all(name, `ws.op=getMergeProposals&${many('status', PROPOSAL_STATUSES)}`)) {
        const id = Number(proposal.self_link.split('/').at(-1));
        if (!(await this.#reaches(proposal, id))) continue;
        const votes = await this.#all(`${path(proposal, this.server)}/votes`);
        const comments = await this.#all(`${path(proposal, this.server)}/all_comments`);
        const diffs = await this.#all(`${path(proposal, this.server)}/preview_diffs`);
        const voted = comments.filter(({ vote }) => vote !== null).map(({ date_created: date }) => String(date)).sort((a, b) => (parseInstant(a) < parseInstant(b) ? -1 : 1));
        const records: object[] = [
          { kind: 'merge_proposal', bodies: this.#bodies, proposal, firstVoteAt: voted[0] ?? null },
          ...comments.map((comment) => ({ kind: 'review_comment', bodies: this.#bodies, proposal: id, comment })),
          ...votes.map((vote) => ({ kind: 'review_vote', proposal: id, vote })),
        ];
        for (const diff of diffs) {
          records.push({ kind: 'preview_diff', proposal: id, diff });
          const places = new Map<string, number>();
          const number = Number(diff.self_link.split('/').at(-1));
          const answer = await fetch(`${proposal.self_link}?ws.op=getInlineComments&previewdiff_id=${String(number)}`);
          for (const comment of (await answer.json()) as { line_number: string; date: string }[]) {
            const place = `${comment.line_number} ${comment.date}`;
            const ordinal = places.get(place) ?? 0;
            places.set(place, ordinal + 1);
            records.push({ kind: 'inline_comment', bodies: this.#bodies, proposal: id, diff: number, ordinal, comment });
          }
        }
        events.push(...this.#kept(records, proposal['registrant_link']));
      }
    }
    return events;
  }

  /** Whether the service leads from a person to a proposal at all: by whose the source is, or by a vote. */
  async #reaches(proposal: Entry, id: number): Promise<boolean> {
    if (this.#people === undefined) return true;
    const [, owner = ''] = /\/~([^/]+)\//.exec(proposal.self_link) ?? [];
    if (this.#people.has(owner)) return true;
    const votes = this.server.world.code.find(id)?.votes ?? [];
    if (votes.some(({ reviewer }) => this.#people?.has(reviewer.name))) return true;
    const registrant = nameIn(String(proposal['registrant_link'])) ?? '';
    return this.#people.has(registrant) && (await this.#teamsOf(registrant)).includes(owner);
  }

  async questions(): Promise<EventDraft[]> {
    const events: EventDraft[] = [];
    const targets = this.server.world.pillars.all.filter(({ type, name }) => type !== 'project_group' && (this.options.project ?? name) === name);
    for (const { name } of targets) {
      for (const question of await this.#all(name, `ws.op=searchQuestions&${many('status', QUESTION_STATUSES)}`)) {
        const id = Number(question.self_link.split('/').at(-1));
        const messages = await this.#all(`${path(question, this.server)}/messages`);
        events.push(
          ...this.#kept(
            [
              { kind: 'question', bodies: this.#bodies, question },
              ...messages.map((message) => ({ kind: 'question_message', bodies: this.#bodies, question: id, message })),
            ],
            question['owner_link'],
          ),
        );
      }
    }
    return events;
  }

  async blueprints(): Promise<EventDraft[]> {
    const events: EventDraft[] = [];
    for (const { name } of this.server.world.pillars.all.filter(({ type, name: own }) => type === 'project' && (this.options.project ?? own) === own)) {
      for (const blueprint of await this.#all(`${name}/all_specifications`)) {
        const related = ['owner_link', 'assignee_link', 'drafter_link', 'approver_link'].some((field) => this.#people?.has(nameIn(String(blueprint[field])) ?? ''));
        if (this.#people !== undefined && !related) continue;
        events.push(...this.#kept([{ kind: 'blueprint', bodies: this.#bodies, blueprint }], blueprint['owner_link']));
      }
    }
    return events;
  }

  async uploads(): Promise<EventDraft[]> {
    const events: EventDraft[] = [];
    const teams = await Promise.all([...(this.#people ?? [])].map((name) => this.#teamsOf(name)));
    for (const owner of new Set([...(this.#people ?? []), ...teams.flat()])) {
      for (const archive of await this.#all(`~${owner}/ppas`)) {
        const uploads = await this.#all(path(archive, this.server), 'ws.op=getPublishedSources');
        events.push(...this.#kept(uploads.map((upload) => ({ kind: 'package_upload', upload })), null));
      }
    }
    return events;
  }

  async memberships(): Promise<EventDraft[]> {
    const all: Entry[] = [];
    for (const name of this.#people ?? []) all.push(...(await this.#all(`~${name}/memberships_details`)));
    const joined = new Map<string, Entry[]>();
    for (const membership of all) {
      const key = `${String(membership['team_link'])} ${String(membership['date_joined'])}`;
      joined.set(key, [...(joined.get(key) ?? []), membership]);
    }
    return [...joined.values()].flatMap((together) =>
      together
        .sort((a, b) => (String(a['member_link']) < String(b['member_link']) ? -1 : 1))
        .flatMap((membership, ordinal) => toEvents({ kind: 'team_membership', ordinal, membership } as never)),
    );
  }

  /** Events of people in the run, and of nobody where what they happened to is theirs. */
  #kept(records: readonly object[], owner: unknown): EventDraft[] {
    const own = this.#people === undefined || this.#people.has(nameIn(String(owner)) ?? '');
    return records
      .flatMap((record) => toEvents(record as LaunchpadRecord))
      .filter(({ actor }) => (actor === null ? own : this.#people === undefined || this.#people.has(actor)));
  }

  async #teamsOf(name: string): Promise<readonly string[]> {
    return (await this.#all(`~${name}/super_teams`)).map((team) => String(team['name']));
  }

  async #get(place: string): Promise<Entry | undefined> {
    const answer = await fetch(`${this.server.url}devel/${place}`);
    return answer.ok ? visible((await answer.json()) as Entry) : undefined;
  }

  async #all(place: string, query = ''): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let next: string | undefined = `${this.server.url}devel/${place}?${query}`;
    while (next !== undefined) {
      const answer = await fetch(next);
      if (!answer.ok) return entries;
      const page = (await answer.json()) as { entries: Entry[]; next_collection_link?: string };
      entries.push(...page.entries.map(visible));
      next = page.next_collection_link;
    }
    return entries;
  }
}

/** Without what is withheld. */
function visible(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== 'tag:launchpad.net:2008:redacted')) as Entry;
}

function many(name: string, values: readonly string[]): string {
  return values.map((value) => `${name}=${encodeURIComponent(JSON.stringify(value))}`).join('&');
}

function path(entry: Entry, server: LaunchpadServer): string {
  return entry.self_link.slice(`${server.url}devel/`.length);
}
