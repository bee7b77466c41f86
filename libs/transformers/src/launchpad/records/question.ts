import type { MessageFields } from './bug.js';

/** A question, for `question.asked`. */
export interface QuestionRecord {
  readonly kind: 'question';
  /** Whether its description shall stand in the event. */
  readonly bodies: boolean;
  readonly question: QuestionFields;
}

/** Of a `question`. */
export interface QuestionFields {
  /** Its last part is the id: `…/+question/7`. */
  readonly self_link: string;
  readonly date_created: string;
  readonly owner_link?: string | null;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly status?: string | null;
  readonly target_link?: string | null;
  readonly language_link?: string | null;
  readonly assignee_link?: string | null;
}

/** One of a question's messages: what its `action` says. */
export interface QuestionMessageRecord {
  readonly kind: 'question_message';
  readonly bodies: boolean;
  /** Id of the question whose `messages` it was read from. */
  readonly question: number;
  readonly message: QuestionMessageFields;
}

/** Of a `question_message`. Its index is the last part of `self_link`: `…/+question/7/messages/3`. */
export interface QuestionMessageFields extends MessageFields {
  readonly action?: string | null;
  readonly new_status?: string | null;
}
