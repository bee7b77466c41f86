import type { StateStore } from '@tributary/clients';
import { NamedDocuments, type DocumentPage, type NamedDocument } from '../state/named-documents.js';
import type { Precondition } from '../state/precondition.js';
import { EVENT_RULE_UNKNOWN } from './errors.js';
import type { EventRule } from './schemas.js';

const PREFIX = 'starter-api/event-rules';

/** How long a list of rules serves all events, in milliseconds: events must not cost a list each. */
const FRESH_MS = 1_000;
const PAGE = 500;

export type SavedRule = NamedDocument<EventRule>;

/** Event rules, in the state store. */
export class EventRuleStore {
  private readonly documents: NamedDocuments<EventRule>;
  private snapshot: { readonly since: number; readonly rules: Promise<readonly SavedRule[]> } | undefined;

  constructor(state: StateStore) {
    this.documents = new NamedDocuments(state, PREFIX);
  }

  /** @throws CodedError EVENT_RULE_UNKNOWN, API_STATE_UNAVAILABLE */
  async get(name: string): Promise<SavedRule> {
    const found = await this.documents.get(name);
    if (!found) throw EVENT_RULE_UNKNOWN({ name });
    return found;
  }

  /** In order of their names. @throws CodedError API_STATE_UNAVAILABLE */
  list(page: { readonly after?: string; readonly limit: number }): Promise<DocumentPage<EventRule>> {
    return this.documents.list(page);
  }

  /** @throws CodedError API_PRECONDITION_FAILED, API_STATE_FULL, API_STATE_BUSY, API_STATE_UNAVAILABLE */
  async put(name: string, rule: EventRule, precondition: Precondition): Promise<{ document: SavedRule; created: boolean }> {
    try {
      return await this.documents.put(name, rule, precondition);
    } finally {
      this.snapshot = undefined;
    }
  }

  /** @throws CodedError EVENT_RULE_UNKNOWN, API_PRECONDITION_FAILED, API_STATE_BUSY, API_STATE_UNAVAILABLE */
  async delete(name: string, precondition: Precondition): Promise<void> {
    try {
      if (!(await this.documents.delete(name, precondition))) throw EVENT_RULE_UNKNOWN({ name });
    } finally {
      this.snapshot = undefined;
    }
  }

  /** The rules of a topic; what another process has changed is seen within a second. @throws CodedError API_STATE_UNAVAILABLE */
  async ofTopic(topic: string): Promise<readonly SavedRule[]> {
    const now = Date.now();
    if (!this.snapshot || now - this.snapshot.since > FRESH_MS) {
      const rules = this.all();
      const snapshot = { since: now, rules };
      this.snapshot = snapshot;
      rules.catch(() => {
        if (this.snapshot === snapshot) this.snapshot = undefined;
      });
    }
    return (await this.snapshot.rules).filter(({ value }) => value.topic === topic);
  }

  private async all(): Promise<readonly SavedRule[]> {
    const rules: SavedRule[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.documents.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
      rules.push(...page.documents);
      if (page.next === undefined) return rules;
      after = page.next;
    }
  }
}
