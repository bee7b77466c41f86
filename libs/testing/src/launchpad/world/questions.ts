import type { Act } from './bugs.js';
import type { Core, When } from './core.js';
import type { Distribution, Person, Project } from './entities.js';
import type { Question, QuestionAction, QuestionMessage, QuestionStatus } from './entities-questions.js';
import { type People, repointFields, type Who } from './people.js';
import type { Pillars } from './pillars.js';
import type { Micros } from './time.js';

const STATUS_AFTER: Readonly<Record<Exclude<QuestionAction, 'Comment' | 'Change status'>, QuestionStatus>> = {
  'Request for more information': 'Needs information',
  'Give more information': 'Open',
  Answer: 'Answered',
  Confirm: 'Solved',
  Reject: 'Invalid',
  Expire: 'Expired',
  Reopen: 'Open',
};

export class Questions {
  readonly all: Question[] = [];
  readonly #core: Core;
  readonly #people: People;
  readonly #pillars: Pillars;
  readonly #byId = new Map<number, Question>();

  constructor(core: Core, people: People, pillars: Pillars) {
    this.#core = core;
    this.#people = people;
    this.#pillars = pillars;
  }

  ask(details: {
    owner: Who;
    target: string;
    title: string;
    description?: string;
    language?: string;
    assignee?: Who;
    at?: When;
  }): Question {
    const owner = this.#people.get(details.owner);
    const at = this.#core.at(details.at);
    const question: Question = {
      type: 'question',
      id: this.#core.number('question', 700_001),
      target: this.#target(details.target),
      language: this.#pillars.language(details.language ?? 'en'),
      owner,
      title: details.title,
      description: details.description ?? details.title,
      status: 'Open',
      assignee: details.assignee === undefined ? null : this.#people.get(details.assignee),
      answerer: null,
      answer: null,
      dateCreated: at,
      dateDue: null,
      dateLastQuery: at,
      dateLastResponse: null,
      dateSolved: null,
      messages: [],
      subscribers: new Set([owner]),
    };
    this.all.push(question);
    this.#byId.set(question.id, question);
    return question;
  }

  #target(name: string): Project | Distribution {
    const pillar = this.#pillars.get(name);
    if (pillar.type === 'project_group') throw new RangeError('Questions are asked of projects and distributions');
    return pillar;
  }

  find(id: number): Question | undefined {
    return this.#byId.get(id);
  }

  /**
   * Adds a message and moves the question as its action does. The owner who answers himself, or confirms an answer,
   * solves it; `status` is for the action `Change status` only.
   */
  message(
    question: Question,
    action: QuestionAction,
    act: Act & { content?: string; status?: QuestionStatus; confirms?: QuestionMessage },
  ): QuestionMessage {
    const by = this.#people.get(act.by);
    const at = this.#core.at(act.at);
    const newStatus = nextStatus(question, action, by, act.status);
    const message: QuestionMessage = {
      type: 'question_message',
      question,
      index: question.messages.length,
      action,
      newStatus,
      owner: by,
      subject: `Re: ${question.title}`,
      content: act.content ?? `${action}: ${question.title}`,
      visible: true,
      dateCreated: at,
      dateLastEdited: null,
      dateDeleted: null,
    };
    question.messages.push(message);
    this.#move(question, message, at, act.confirms);
    return message;
  }

  #move(question: Question, message: QuestionMessage, at: Micros, confirms: QuestionMessage | undefined): void {
    const { action, newStatus, owner } = message;
    if (owner === question.owner) question.dateLastQuery = at;
    else question.dateLastResponse = at;
    question.status = newStatus;
    if (newStatus === 'Solved') {
      const answer = confirms ?? (action === 'Answer' ? message : null);
      question.dateSolved = at;
      question.answer = action === 'Confirm' ? (confirms ?? null) : answer;
      question.answerer = question.answer?.owner ?? owner;
    } else if (action === 'Reject') {
      question.dateSolved = at;
      question.answerer = owner;
      question.answer = message;
    } else if (action === 'Reopen' || action === 'Change status') {
      question.dateSolved = null;
      question.answerer = null;
      question.answer = null;
    }
  }

  hideMessage(message: QuestionMessage, visible = false): void {
    this.#core.touch();
    message.visible = visible;
  }

  deleteMessage(message: QuestionMessage, at?: When): void {
    message.dateDeleted = this.#core.at(at);
    message.content = '';
  }

  assign(question: Question, assignee: Who | null): void {
    this.#core.touch();
    question.assignee = assignee === null ? null : this.#people.get(assignee);
  }

  repoint(from: Person, to: Person): void {
    repointFields(this.all, ['owner', 'assignee', 'answerer', 'subscribers'], from, to);
    repointFields(
      this.all.flatMap(({ messages }) => messages),
      ['owner'],
      from,
      to,
    );
  }
}

function nextStatus(
  question: Question,
  action: QuestionAction,
  by: Person,
  status: QuestionStatus | undefined,
): QuestionStatus {
  if (action === 'Comment') return question.status;
  if (action === 'Change status') return status ?? question.status;
  if (action === 'Answer' && by === question.owner) return 'Solved';
  return STATUS_AFTER[action];
}
