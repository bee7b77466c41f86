import type { Distribution, Language, Person, Project } from './entities.js';
import type { Micros } from './time.js';

export const QUESTION_STATUSES = ['Open', 'Needs information', 'Answered', 'Solved', 'Expired', 'Invalid'] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

export const QUESTION_ACTIONS = [
  'Request for more information',
  'Give more information',
  'Comment',
  'Answer',
  'Confirm',
  'Reject',
  'Expire',
  'Reopen',
  'Change status',
] as const;
export type QuestionAction = (typeof QUESTION_ACTIONS)[number];

export interface Question {
  readonly type: 'question';
  readonly id: number;
  readonly target: Project | Distribution;
  readonly language: Language;
  owner: Person;
  title: string;
  description: string;
  status: QuestionStatus;
  assignee: Person | null;
  answerer: Person | null;
  answer: QuestionMessage | null;
  readonly dateCreated: Micros;
  dateDue: Micros | null;
  dateLastQuery: Micros | null;
  dateLastResponse: Micros | null;
  dateSolved: Micros | null;
  readonly messages: QuestionMessage[];
  readonly subscribers: Set<Person>;
}

export interface QuestionMessage {
  readonly type: 'question_message';
  readonly question: Question;
  readonly index: number;
  readonly action: QuestionAction;
  readonly newStatus: QuestionStatus;
  owner: Person;
  readonly subject: string;
  content: string;
  visible: boolean;
  readonly dateCreated: Micros;
  dateLastEdited: Micros | null;
  dateDeleted: Micros | null;
}
